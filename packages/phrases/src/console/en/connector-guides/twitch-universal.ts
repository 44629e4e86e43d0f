import type { ConnectorGuide } from '../../connector-guides.ts';

export const guide: ConnectorGuide = [
  {
    title: 'Register an application',
    body: [
      'Open the **Twitch Developer Console** (dev.twitch.tv/console) and choose **Register Your Application**. Your account needs two-factor authentication.',
      '**OAuth Redirect URLs**: add the redirect URI shown on this page.',
      '**Category**: **Website Integration**. **Client Type**: **Confidential**. Then choose **Create**.',
    ],
  },
  {
    title: 'Copy the credentials',
    body: ['Choose **Manage** beside the application, copy **Client ID**, and the secret after **New Secret**.'],
  },
  {
    title: 'Leave the scope as it is',
    body: [
      'The e-mail address comes with the scope `user:read:email`, which is asked for unless you change **Scope**.',
    ],
  },
];
