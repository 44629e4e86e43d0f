import type { ConnectorGuide } from '../../connector-guides.ts';

export const guide: ConnectorGuide = [
  {
    title: 'Register a client at the provider',
    body: [
      'Create a confidential client for the authorization code flow; many providers call it a web application.',
      'Enter the redirect URI shown on this page, exactly as it is.',
      'Allow the scopes `openid`, `profile` and `email`.',
    ],
  },
  {
    title: 'Copy the credentials',
    body: [
      'Copy client ID and client secret into the form.',
      'The issuer is the `issuer` in the provider’s `/.well-known/openid-configuration`. The discovery document is read from there when you save.',
    ],
  },
  {
    title: 'Save, and name the domains',
    body: ['Save this form. Then open **Experience** and enter the customer’s e-mail domains.'],
  },
];
