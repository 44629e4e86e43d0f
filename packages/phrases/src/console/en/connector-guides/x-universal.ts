import type { ConnectorGuide } from '../../connector-guides.ts';

export const guide: ConnectorGuide = [
  {
    title: 'Create an app',
    body: [
      'Open X’s **Developer Console** (console.x.com), choose **Apps**, and then **Create App**, or one that is there.',
      'Under **User authentication settings** choose **Set up**.',
    ],
  },
  {
    title: 'Set up the sign-in',
    body: [
      '**App permissions**: **Read** is enough. **Type of App**: **Web App, Automated App or Bot**, so that there is a secret.',
      '**Callback URI / Redirect URL**: paste the redirect URI shown on this page. On your own machine X takes `http://127.0.0.1`, not `localhost`. **Website URL**: your product’s address.',
      'For e-mail addresses turn **Request email from users** on, and set **Scope** in the form to `tweet.read users.read users.email`.',
    ],
  },
  {
    title: 'Copy the credentials',
    body: [
      'After **Save** X shows the OAuth 2.0 **Client ID** and **Client Secret**. They are not the API key and its secret. Later they are found, and renewed, under **Keys and tokens**.',
    ],
  },
];
