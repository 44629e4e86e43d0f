import type { ConnectorGuide } from '../../connector-guides.ts';

export const guide: ConnectorGuide = [
  {
    title: 'Create a client',
    body: [
      'Open **patreon.com/portal/registration/register-clients** and choose **Create Client**.',
      'Enter **App Name**, **Description** and **App Category**, and choose **2** as **Client API Version**.',
    ],
  },
  {
    title: 'Register the redirect URI',
    body: ['**Redirect URIs**: paste the redirect URI shown on this page, and choose **Create Client**.'],
  },
  {
    title: 'Copy the credentials',
    body: [
      'Open the client in the list and copy **Client ID** and **Client Secret**.',
      'The scopes `identity identity[email]` are asked for; the second brings the e-mail address.',
    ],
  },
];
