import type { ConnectorGuide } from '../../connector-guides.ts';

export const guide: ConnectorGuide = [
  {
    title: 'Create an app',
    body: [
      'Sign in to the **DingTalk Open Platform** (open.dingtalk.com), open **App Development** and choose **Create an app**.',
      'Under **Permissions** apply for **Contact.User.Read** (personal information) and **Contact.User.mobile** (phone number).',
    ],
  },
  {
    title: 'Register the redirect URI',
    body: [
      'Open **Security settings** and enter the redirect URI shown on this page under **Redirect URL (callback domain)**.',
    ],
  },
  {
    title: 'Copy the credentials',
    body: [
      'From **Credentials and basic information** copy **Client ID** and **Client Secret**.',
      'Publish a version of the app, so that more than its developers can sign in.',
    ],
  },
];
