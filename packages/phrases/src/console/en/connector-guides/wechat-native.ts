import type { ConnectorGuide } from '../../connector-guides.ts';

export const guide: ConnectorGuide = [
  {
    title: 'Register a mobile app',
    body: [
      'Sign in to **WeChat Open Platform** (open.weixin.qq.com), open **Management Center → Mobile Application** and choose **Create a mobile application**.',
      'Enter the iOS **Bundle ID** and **Universal Links**, and the Android package name with its signature. Submit it for review.',
    ],
  },
  {
    title: 'Copy the credentials',
    body: ['Copy **AppID** and **AppSecret** into the form, and the universal link of your iOS app.'],
  },
  {
    title: 'Sign in from your app',
    body: [
      'Your app asks WeChat’s SDK for a code, and hands it to the Experience or Verification API. There is no redirect URI to register: nothing goes through a browser.',
    ],
  },
];
