import type { ConnectorGuide } from '../../connector-guides.ts';

export const guide: ConnectorGuide = [
  {
    title: 'Add an OAuth consumer',
    body: [
      'On Bitbucket Cloud open the workspace, then **Settings** (the cog) **→ Workspace settings → Apps and features → OAuth consumers**, and choose **Add consumer**.',
      'Enter the name that people read when they sign in, and tick **This is a private consumer**.',
    ],
  },
  {
    title: 'Register the redirect URI',
    body: [
      '**Callback URL**: paste the redirect URI shown on this page.',
      '**Permissions**: under **Account** tick **Email** and **Read**, then save.',
    ],
  },
  {
    title: 'Copy the credentials',
    body: ['Open the new consumer in the list: it shows **Key** and **Secret**. Copy both.'],
  },
];
