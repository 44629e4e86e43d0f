import type { ConnectorGuide } from '../../connector-guides.ts';

export const guide: ConnectorGuide = [
  {
    title: 'Create a public integration',
    body: [
      'Open **notion.so/profile/integrations** and choose **New integration**. Its type must be **Public**: internal integrations have no sign-in.',
      'Notion asks for your company, its website, privacy policy and terms of use.',
    ],
  },
  {
    title: 'Register the redirect URI',
    body: [
      '**Redirect URIs**: paste the redirect URI shown on this page.',
      'Under **Capabilities → User capabilities** choose **Read user information including email addresses**.',
    ],
  },
  {
    title: 'Copy the credentials',
    body: ['Copy **OAuth client ID** and **OAuth client secret** from **Configuration**.'],
  },
];
