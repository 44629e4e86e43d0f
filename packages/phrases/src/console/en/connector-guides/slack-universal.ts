import type { ConnectorGuide } from '../../connector-guides.ts';

export const guide: ConnectorGuide = [
  {
    title: 'Create an app',
    body: [
      'Open **api.slack.com/apps**, choose **Create New App → From scratch**, and select the workspace in which you develop it.',
    ],
  },
  {
    title: 'Register the redirect URI',
    body: [
      'Open **OAuth & Permissions**. Under **Redirect URLs** choose **Add New Redirect URL**, paste the redirect URI shown on this page, which must use https, and choose **Add** and **Save URLs**.',
      'Under **User Token Scopes** add `openid`, `profile` and `email`.',
    ],
  },
  {
    title: 'Copy the credentials',
    body: [
      'From **Basic Information → App Credentials** copy **Client ID** and **Client Secret**.',
      'For people of other workspaces open **Manage Distribution** and activate public distribution.',
    ],
  },
];
