import type { ConnectorGuide } from '../../connector-guides.ts';

export const guide: ConnectorGuide = [
  {
    title: 'Create an app',
    body: [
      'Open the **Spotify for Developers** dashboard and choose **Create app**. Under **APIs used** tick **Web API**.',
      '**Redirect URIs**: add the redirect URI shown on this page. Spotify takes `http` only for the address `127.0.0.1`.',
    ],
  },
  {
    title: 'Copy the credentials',
    body: [
      'Open **Settings** and copy **Client ID**, and the secret after **View client secret**.',
      'The e-mail address comes with the scope `user-read-email`; Spotify does not say whether it was verified.',
    ],
  },
  {
    title: 'Let more people in',
    body: [
      'In **development mode** the owner of the app needs Spotify Premium, and only people on the app’s allowlist can sign in: at most five, under **Settings → User Management**.',
      'Everybody can in **extended quota mode**, which Spotify grants to established companies on request.',
    ],
  },
];
