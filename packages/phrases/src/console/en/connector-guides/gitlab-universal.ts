import type { ConnectorGuide } from '../../connector-guides.ts';

export const guide: ConnectorGuide = [
  {
    title: 'Open GitLab’s application settings',
    body: [
      'Sign in to GitLab, open the menu behind your avatar, and choose **Edit profile**. That opens your User settings.',
      'In the left sidebar choose **Applications**, then **Add new application**.',
      'On a GitLab of your own, an administrator can also do this in the **Admin** area under **Applications**. **Trusted** skips the consent page there.',
    ],
  },
  {
    title: 'Describe the application',
    body: [
      '**Name**: what people read on GitLab’s consent page, such as the name of your product.',
      '**Redirect URI**: paste the redirect URI shown on this page, exactly as it is.',
      'Keep **Confidential** ticked.',
      '**Scopes**: tick `openid` and `email`.',
    ],
  },
  {
    title: 'Copy the credentials',
    body: [
      'Save the application. GitLab now shows its **Application ID** and its **Secret**.',
      'Copy both into the form. GitLab shows the secret only once; **Renew secret** makes a new one.',
    ],
  },
];
