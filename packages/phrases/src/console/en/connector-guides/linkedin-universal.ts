import type { ConnectorGuide } from '../../connector-guides.ts';

export const guide: ConnectorGuide = [
  {
    title: 'Create an app',
    body: [
      'Open **LinkedIn Developers → My apps** and choose **Create app**. It needs a LinkedIn page of your company, whose administrator verifies it.',
      'Under **Products** request access to **Sign In with LinkedIn using OpenID Connect**; it is granted at once.',
    ],
  },
  {
    title: 'Register the redirect URI',
    body: [
      'Open **Auth**. Under **OAuth 2.0 settings → Authorized redirect URLs for your app** add the redirect URI shown on this page, and choose **Update**.',
    ],
  },
  {
    title: 'Copy the credentials',
    body: [
      'On the same page copy **Client ID** and **Primary Client Secret** into the form.',
      'The scopes `openid profile email` come with the product above.',
    ],
  },
];
