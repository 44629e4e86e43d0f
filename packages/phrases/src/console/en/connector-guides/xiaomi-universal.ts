import type { ConnectorGuide } from '../../connector-guides.ts';

export const guide: ConnectorGuide = [
  {
    title: 'Register an app',
    body: [
      'Sign in to the **Xiaomi Open Platform** (dev.mi.com), open the console and then **Xiaomi account service**; create an app for **web pages**.',
    ],
  },
  {
    title: 'Register the redirect URI',
    body: ['Enter the redirect URI shown on this page as **callback address** of the app and save.'],
  },
  {
    title: 'Copy the credentials',
    body: [
      'Copy **AppID** and **AppSecret** from the app’s page. Xiaomi tells no e-mail address.',
      'With **Skip the confirmation** on, people who are signed in to Xiaomi are not asked again.',
    ],
  },
];
