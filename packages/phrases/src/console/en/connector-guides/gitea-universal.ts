import type { ConnectorGuide } from '../../connector-guides.ts';

export const guide: ConnectorGuide = [
  {
    title: 'Create an OAuth2 application',
    body: [
      'On your Gitea or Forgejo open **Settings → Applications → Manage OAuth2 Applications**. Administrators find the same under **Site Administration → Integrations → Applications**.',
      'Enter the **Application Name** and, under **Redirect URIs**, the redirect URI shown on this page.',
      'Keep **Confidential Client** ticked, and choose **Create Application**.',
    ],
  },
  {
    title: 'Copy the credentials',
    body: ['Copy **Client ID** and **Client Secret**: the secret is shown only now.'],
  },
  {
    title: 'Name your instance',
    body: [
      '**Instance URL** is the address at which people open it, such as `https://git.example.com`. It must use https.',
    ],
  },
];
