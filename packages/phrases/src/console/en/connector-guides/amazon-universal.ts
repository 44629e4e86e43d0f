import type { ConnectorGuide } from '../../connector-guides.ts';

export const guide: ConnectorGuide = [
  {
    title: 'Create a security profile',
    body: [
      'Open the **Login with Amazon** console of the Amazon Developer portal and choose **Create a New Security Profile**.',
      'Enter a name, a description and the **Consent Privacy Notice URL**: people see them when they sign in.',
    ],
  },
  {
    title: 'Register the redirect URI',
    body: [
      'Choose **Manage → Web Settings** beside the profile, then **Edit**.',
      '**Allowed Return URLs**: paste the redirect URI shown on this page, and save.',
    ],
  },
  {
    title: 'Copy the credentials',
    body: [
      'On **Web Settings** copy **Client ID**, and **Client Secret** after **Show Secret**.',
      'The scope `profile` includes name and e-mail address.',
    ],
  },
];
