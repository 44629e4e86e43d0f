import type { ConnectorGuide } from '../../connector-guides.ts';

export const guide: ConnectorGuide = [
  {
    title: 'Create an app',
    body: [
      'Open **Kakao Developers → My Application** and choose **Create app**.',
      'Under **Kakao Login → Enable** set **State** to **ON**.',
    ],
  },
  {
    title: 'Register the redirect URI',
    body: [
      'Open **App → Platform key**, choose the **REST API key**, and add the redirect URI shown on this page as its Kakao Login **Redirect URI**.',
      'Under **Kakao Login → Consent items** set **Nickname** and **Profile image**, and **Kakao Account (email)** where your app is a business app.',
    ],
  },
  {
    title: 'Copy the credentials',
    body: [
      'Copy the **REST API key** from **App → Platform key**.',
      'Copy the key’s **Client secret** as well: new keys have one that is enabled, and then it is required.',
    ],
  },
];
