import type { ConnectorGuide } from '../../connector-guides.ts';

export const guide: ConnectorGuide = [
  {
    title: 'Create a connected app',
    body: [
      'On Hugging Face open **Settings → Connected Apps** and choose **Create App**.',
      'Enter **Application Name** and **Homepage URL**, and tick the scopes `openid`, `profile` and `email`.',
    ],
  },
  {
    title: 'Register the redirect URI',
    body: ['**Redirect URLs**: paste the redirect URI shown on this page, and create the app.'],
  },
  {
    title: 'Copy the credentials',
    body: ['Copy **Client ID**, and **App Secret** after **Generate secret**. It is shown once.'],
  },
];
