import type { ConnectorGuide } from '../../connector-guides.ts';

export const guide: ConnectorGuide = [
  {
    title: 'Register an application',
    body: [
      'Sign in to **Yahoo! JAPAN Developer Network** and open **Application management**; choose **New application**.',
      '**Type of application**: choose **Server side (Yahoo! ID federation v2)**, so that there is a secret.',
    ],
  },
  {
    title: 'Register the redirect URI',
    body: [
      'Open the application’s **Callback URL** setting, paste the redirect URI shown on this page, and save.',
      'The e-mail address is told only to applications whose use of **attributes** was granted; until then leave `email` out of **Scope**.',
    ],
  },
  {
    title: 'Copy the credentials',
    body: ['Copy **Client ID** and **Client secret** from the application’s page.'],
  },
];
