import type { ConnectorGuide } from '../../connector-guides.ts';

export const guide: ConnectorGuide = [
  {
    title: 'Create an app',
    body: [
      'Open **Meta for Developers → My Apps** and choose **Create App**. Select the use case **Authenticate and request data from users with Facebook Login**.',
      'Under **Use cases → Customize** add the permission `email` beside `public_profile`.',
    ],
  },
  {
    title: 'Register the redirect URI',
    body: [
      'Open **Facebook Login → Settings**. **Valid OAuth Redirect URIs**: paste the redirect URI shown on this page, and save.',
      'Keep **Client OAuth login** and **Web OAuth login** on.',
    ],
  },
  {
    title: 'Copy the credentials',
    body: [
      'Copy **App ID** and **App secret** from **App settings → Basic**. Enter there your privacy policy and how people have their data deleted.',
      'Publish the app: until then only people with a role in it can sign in.',
    ],
  },
];
