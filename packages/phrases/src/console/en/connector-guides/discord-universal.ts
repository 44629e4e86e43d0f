import type { ConnectorGuide } from '../../connector-guides.ts';

export const guide: ConnectorGuide = [
  {
    title: 'Create an application',
    body: [
      'Open the **Discord Developer Portal**, choose **New Application** and enter the name that people read when they sign in.',
    ],
  },
  {
    title: 'Register the redirect URI',
    body: [
      'Open **OAuth2**. Under **Redirects** choose **Add Redirect**, paste the redirect URI shown on this page, and choose **Save Changes**.',
    ],
  },
  {
    title: 'Copy the credentials',
    body: [
      'On the same page copy the **Client ID**, and the **Client Secret** after **Reset Secret**.',
      'The scopes `identify email` are asked for; only a verified e-mail address is taken over.',
    ],
  },
];
