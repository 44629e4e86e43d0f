import type { ConnectorGuide } from '../../connector-guides.ts';

export const guide: ConnectorGuide = [
  {
    title: 'Register an application',
    body: [
      'Open **NAVER Developers → Application → Register** and choose **NAVER Login** as the API.',
      'Tick what your app wants to know, such as name, e-mail address and profile image.',
    ],
  },
  {
    title: 'Register the redirect URI',
    body: [
      'Add the environment **PC web**: enter the **Service URL**, and as **Callback URL** the redirect URI shown on this page.',
    ],
  },
  {
    title: 'Copy the credentials',
    body: [
      'Copy **Client ID** and **Client Secret** from the application’s **Overview**.',
      'While the application is under development only registered members can sign in: ask for its review under **NAVER Login review**.',
    ],
  },
];
