import type { ConnectorGuide } from '../../connector-guides.ts';

export const guide: ConnectorGuide = [
  {
    title: 'Create an app',
    body: [
      'Open the **Feishu Open Platform** (open.feishu.cn), go to **Developer Console** and choose **Create Custom App**.',
      'Add the feature **Web app** to it.',
    ],
  },
  {
    title: 'Register the redirect URI',
    body: [
      'Under **Security Settings → Redirect URLs** add the redirect URI shown on this page.',
      'Under **Permissions & Scopes** add the permissions for the user’s phone number and e-mail address where you want them.',
    ],
  },
  {
    title: 'Copy the credentials',
    body: [
      'From **Credentials & Basic Info** copy **App ID** and **App Secret**. Then create a version and have it released.',
    ],
  },
];
