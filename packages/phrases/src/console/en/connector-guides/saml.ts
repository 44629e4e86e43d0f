import type { ConnectorGuide } from '../../connector-guides.ts';

export const guide: ConnectorGuide = [
  {
    title: 'Choose the names of this service',
    body: [
      'The **entity ID** is any address that names this service and no other, such as this server’s address with `/saml` at its end.',
      'The **assertion consumer service URL** is this server’s address followed by `/api/authn/saml/` and the ID of this connector, which also stands at the end of the redirect URI on this page.',
    ],
  },
  {
    title: 'Register this service at the identity provider',
    body: [
      'Enter both there. The provider calls them audience or SP entity ID, and ACS or reply URL. SAML answers go there and not to the redirect URI.',
      'Let it sign its assertions or its responses with SHA-256, and send a lasting name ID and the attributes `email` and `name`.',
    ],
  },
  {
    title: 'Copy what the provider gives you',
    body: [
      'Paste its metadata (XML) and its signing certificate (PEM) here.',
      'If its attributes have other names, say so under **Attributes**.',
    ],
  },
];
