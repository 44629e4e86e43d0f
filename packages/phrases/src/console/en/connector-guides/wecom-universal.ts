import type { ConnectorGuide } from '../../connector-guides.ts';

export const guide: ConnectorGuide = [
  {
    title: 'Create an internal app',
    body: [
      'Sign in to the **WeCom admin console** (work.weixin.qq.com) as an administrator, open **App Management** and choose **Create an app** under **Self-built**.',
      'Choose which departments and people may use it.',
    ],
  },
  {
    title: 'Trust the callback domain',
    body: [
      'In the app open **WeCom authorized login → Web page** and enter the host name of the redirect URI shown on this page.',
      'Under **Web authorization and JS-SDK** add the same host name as a trusted domain, and under **Trusted IP addresses** the address of your server.',
    ],
  },
  {
    title: 'Copy the credentials',
    body: ['Copy **AgentId** and **Secret** from the app’s page, and **Corp ID** from **My Company**.'],
  },
];
