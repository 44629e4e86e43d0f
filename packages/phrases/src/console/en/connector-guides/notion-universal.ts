import type { ConnectorGuide } from '../../connector-guides.ts';

export const guide: ConnectorGuide = [
  {
    title: 'Create a public connection',
    body: [
      'Open Notion’s **Developer portal** (notion.so/developers/connections) and create a **public connection**: internal connections have no sign-in.',
      'As **Installation scope** choose **Any workspace**, unless only people of your own workspaces shall sign in. It cannot be changed later.',
      'Notion asks for your company, its website, privacy policy and terms of use.',
    ],
  },
  {
    title: 'Register the redirect URI',
    body: [
      '**Redirect URIs**: paste the redirect URI shown on this page, which must use https.',
      'Under **Capabilities → User capabilities** choose **Read user information including email addresses**.',
    ],
  },
  {
    title: 'Copy the credentials',
    body: ['Copy **OAuth client ID** and **OAuth client secret** from **Configuration**.'],
  },
];
