import type { ConnectorGuide } from '../../connector-guides.ts';

export const guide: ConnectorGuide = [
  {
    title: 'Create the consent screen',
    body: [
      'Open the **Google Cloud console**, choose or create a project, and go to **Google Auth Platform** (formerly **APIs & Services → OAuth consent screen**).',
      'Under **Branding** enter the app name and your support e-mail address. Under **Audience** choose **External** for any Google account, or **Internal** for your Google Workspace alone.',
      'While the status under **Audience** is **Testing**, only the listed test users can sign in: choose **Publish app** when you are ready.',
    ],
  },
  {
    title: 'Create an OAuth client',
    body: [
      'Under **Clients** choose **Create client**, and **Web application** as its type.',
      '**Authorized redirect URIs**: add the redirect URI shown on this page.',
      'For **Google One Tap** also add the address of your sign-in page (scheme, host and port) under **Authorized JavaScript origins**.',
      'One Tap on a page of your own app: add the address of that page as well, and send what Google answers along with the authorization request, as `google_one_tap_credential`. People are asked before they are signed in.',
    ],
  },
  {
    title: 'Copy the credentials',
    body: [
      'Google shows **Client ID** and **Client secret** after **Create**. Copy both into the form; the secret is shown only once.',
      'The scopes `openid profile email` need no review by Google. Leave **Scope** empty unless your app calls other Google APIs.',
    ],
  },
];
