import type { ConnectorGuide } from '../../connector-guides.ts';

export const guide: ConnectorGuide = [
  {
    title: 'Create an application',
    body: ['Open the **KOOK Developer Center** (developer.kookapp.cn), choose **New application** and enter its name.'],
  },
  {
    title: 'Register the redirect URI',
    body: [
      'Open **OAuth2**. Add the redirect URI shown on this page as callback address, and tick the scope `get_user_info`.',
    ],
  },
  {
    title: 'Copy the credentials',
    body: ['On the same page copy **Client Id** and **Client Secret**. KOOK tells no e-mail address.'],
  },
];
