import type { ConnectorGuide } from '../../connector-guides.ts';

export const guide: ConnectorGuide = [
  {
    title: 'Prepare the project at Google',
    body: [
      'Sign in to the Google Cloud console with an account of the customer’s organization, and choose or create a project.',
      'Open **Google Auth Platform**, then **Audience**, and choose **Internal**: only accounts of the organization may sign in.',
    ],
  },
  {
    title: 'Create the client',
    body: [
      'Under **Clients** choose **Create client**, with **Web application** as its type.',
      'Under **Authorized redirect URIs** add the redirect URI shown on this page, and choose **Create**.',
    ],
  },
  {
    title: 'Copy the credentials',
    body: ['Copy **Client ID** and **Client secret** into the form.'],
  },
  {
    title: 'Save, and name the domains',
    body: ['Save this form. Then open **Experience** and enter the customer’s e-mail domains.'],
  },
];
