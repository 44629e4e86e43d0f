import type { ConnectorGuide } from '../../connector-guides.ts';

export const guide: ConnectorGuide = [
  {
    title: 'Create a channel',
    body: [
      'Sign in to the **LINE Developers Console**, choose or create a provider, and create a **LINE Login** channel.',
      'Choose the region, and tick **Web app** under **App types**.',
    ],
  },
  {
    title: 'Register the redirect URI',
    body: [
      'Open the channel’s tab **LINE Login**. **Callback URL**: paste the redirect URI shown on this page.',
      'For e-mail addresses apply under **Basic settings → OpenID Connect → Email address permission**, then set **Scope** to `openid profile email`.',
    ],
  },
  {
    title: 'Copy the credentials',
    body: [
      'From **Basic settings** copy **Channel ID** and **Channel secret**.',
      'Choose **Developing** at the top to publish the channel: until then only its members can sign in.',
    ],
  },
];
