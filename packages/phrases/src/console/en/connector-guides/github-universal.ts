import type { ConnectorGuide } from '../../connector-guides.ts';

export const guide: ConnectorGuide = [
  {
    title: 'Register an OAuth app',
    body: [
      'On GitHub open **Settings → Developer settings → OAuth Apps** and choose **New OAuth App** (**Register a new application**, where it is the first). For an organization’s app start in the organization’s settings.',
      'Enter **Application name** and **Homepage URL**: people read both on GitHub’s consent page.',
      '**Authorization callback URL**: paste the redirect URI shown on this page. Then choose **Register application**.',
    ],
  },
  {
    title: 'Copy the credentials',
    body: [
      'Copy the **Client ID**. Choose **Generate a new client secret** and copy it as well: GitHub shows it once.',
      'The e-mail address comes with the scope `user:email`, which is asked for unless you change **Scope**.',
    ],
  },
  {
    title: 'Use GitHub Enterprise instead',
    body: [
      'For GitHub Enterprise Server or GHE.com register the app there, and enter that server’s address in **GitHub Enterprise URL**.',
    ],
  },
];
