import type { ConnectorGuide } from '../../connector-guides.ts';

export const guide: ConnectorGuide = [
  {
    title: 'Register a website app',
    body: [
      'Sign in to **WeChat Open Platform** (open.weixin.qq.com) with a verified developer account, and open **Management Center → Website Application**.',
      'Choose **Create a website application** and submit it for review.',
    ],
  },
  {
    title: 'Set the callback domain',
    body: [
      'Under **Development information → Authorization callback domain** enter the host name of the redirect URI shown on this page, without scheme and path.',
    ],
  },
  {
    title: 'Copy the credentials',
    body: [
      'Copy **AppID** and **AppSecret** from the application’s page.',
      'Bind the website app and your mobile apps to the same Open Platform account: WeChat then tells the same person by one UnionID.',
      'WeChat tells no e-mail address.',
    ],
  },
];
