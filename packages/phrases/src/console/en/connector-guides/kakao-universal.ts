import type { ConnectorGuide } from '../../connector-guides.ts';

export const guide: ConnectorGuide = [
  {
    title: 'Create an app',
    body: [
      'Open **Kakao Developers → My Application** and choose **Add an application**.',
      'Open **Kakao Login** and turn it **ON**.',
    ],
  },
  {
    title: 'Register the redirect URI',
    body: [
      'Under **Redirect URI** of the Kakao Login settings add the redirect URI shown on this page.',
      'Under **Consent Items** set **Nickname** and **Profile image**, and **Kakao Account (email)** where your app is a business app.',
    ],
  },
  {
    title: 'Copy the credentials',
    body: [
      'Copy the **REST API key** from **App keys**.',
      'Where **Client secret** is enabled for Kakao Login, copy its code as well: it is then required.',
    ],
  },
];
