import type { ConnectorGuide } from '../../connector-guides.ts';

export const guide: ConnectorGuide = [
  {
    title: 'Create an enterprise application in Microsoft Entra',
    body: [
      'Open the Microsoft Entra admin center and go to **Enterprise applications**, then **New application** and **Create your own application**.',
      'Give it a name and choose **Integrate any other application you don’t find in the gallery (Non-gallery)**.',
    ],
  },
  {
    title: 'Enter our addresses',
    body: [
      'In the application open **Single sign-on** and choose **SAML**.',
      'Under **Basic SAML Configuration** choose **Edit**. Paste the entity ID shown on this page into **Identifier (Entity ID)**, and the assertion consumer service URL into **Reply URL**. Save.',
    ],
  },
  {
    title: 'Copy the metadata address',
    body: ['Under **SAML Certificates** copy **App Federation Metadata Url** into the metadata address here.'],
  },
  {
    title: 'Name the attributes',
    body: [
      'E-mail address: `http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress`',
      'Name: `http://schemas.microsoft.com/identity/claims/displayname`',
      'Lasting id: `http://schemas.microsoft.com/identity/claims/objectidentifier`',
    ],
  },
  {
    title: 'Say who may sign in, and save',
    body: [
      'Under **Users and groups** assign the people. Without it Microsoft refuses them.',
      'Save this form. Then open **Experience** and enter the customer’s e-mail domains.',
    ],
  },
];
