import type { ConnectorGuide } from '../../connector-guides.ts';

export const guide: ConnectorGuide = [
  {
    title: 'Create an application',
    body: [
      'Open **oauth.yandex.com** and choose **Create app**, for user authorization on the web.',
      'Under **Web services** enter the redirect URI shown on this page as **Redirect URI**.',
    ],
  },
  {
    title: 'Choose the data',
    body: [
      'Add access to the login, name and surname (`login:info`), the e-mail address (`login:email`) and the portrait (`login:avatar`).',
    ],
  },
  {
    title: 'Copy the credentials',
    body: ['Copy **ClientID** and **Client secret** from the application’s page.'],
  },
];
