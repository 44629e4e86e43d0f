import type { ConnectorGuide } from '../../connector-guides.ts';

export const guide: ConnectorGuide = [
  {
    title: 'Create the app integration in Okta',
    body: [
      'Open the Okta Admin Console and go to **Applications**, **Applications**, then **Create App Integration**.',
      'Choose **OIDC - OpenID Connect** and **Web Application**.',
      'Under **Sign-in redirect URIs** put the redirect URI shown on this page.',
      'Under **Assignments** say who may sign in, and save.',
    ],
  },
  {
    title: 'Copy the credentials',
    body: [
      'On the tab **General** copy **Client ID** and **Client secret** into the form.',
      'The issuer is the address of the customer’s Okta, such as `https://acme.okta.com`. With an authorization server of its own it is the **Issuer URI** under **Security**, **API**.',
    ],
  },
  {
    title: 'Save, and name the domains',
    body: ['Save this form. Then open **Experience** and enter the customer’s e-mail domains.'],
  },
];
