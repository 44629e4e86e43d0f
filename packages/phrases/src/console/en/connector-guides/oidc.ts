import type { ConnectorGuide } from '../../connector-guides.ts';

export const guide: ConnectorGuide = [
  {
    title: 'Register a client at the provider',
    body: [
      'Register a confidential web client for the authorization code flow. As its redirect URI enter the one shown on this page.',
      'Allow it the scopes `openid profile email`, and note its client ID and secret.',
    ],
  },
  {
    title: 'Read the discovery document',
    body: [
      'Open the provider’s address with `/.well-known/openid-configuration` at its end.',
      'Copy `authorization_endpoint` and `token_endpoint`, and into **ID token verification** `jwks_uri` and `issuer`, exactly as they are written.',
      'If people arrive without a name or an e-mail address, copy `userinfo_endpoint` too: many providers tell the profile there alone.',
      '`token_endpoint_auth_methods_supported` says how the client may show its secret.',
    ],
  },
  {
    title: 'Name the provider',
    body: [
      'The **target** is the name under which accounts of this provider are linked. It can never change, so choose one that lasts.',
      'Name and logo are what people see on the button.',
    ],
  },
];
