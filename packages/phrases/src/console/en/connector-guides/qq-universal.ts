import type { ConnectorGuide } from '../../connector-guides.ts';

export const guide: ConnectorGuide = [
  {
    title: 'Register a website app',
    body: [
      'Sign in to **QQ Connect** (connect.qq.com) as a verified developer, open **App Management** and create a **website application**.',
    ],
  },
  {
    title: 'Register the redirect URI',
    body: [
      'Enter the redirect URI shown on this page as **Website callback domain**, in full, and submit the app for review.',
      'Apply for the interface `get_unionid`, so that the same person is known in all your apps.',
    ],
  },
  {
    title: 'Copy the credentials',
    body: ['Copy **APP ID** and **APP Key** from the app’s page. QQ tells no e-mail address.'],
  },
];
