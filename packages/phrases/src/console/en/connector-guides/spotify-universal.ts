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
      'In development mode only the people listed under **User Management** can sign in. Ask for an extension to open the app to everybody.',
    ],
  },
];
