import type { ConnectorGuide } from '../../connector-guides.ts';

export const guide: ConnectorGuide = [
  {
    title: 'Register a client at the provider',
    body: [
      'Register a client for the authorization code flow of OAuth 2.0. As its redirect URI enter the one shown on this page.',
      'Note its client ID and secret.',
    ],
  },
  {
    title: 'Enter the endpoints',
    body: [
      'The provider’s documentation names the authorization, token and user info endpoints, and the scope that opens the user info.',
    ],
  },
  {
    title: 'Map the profile',
    body: [
      'In **Profile map** say where each value stands in the user info: for `{"data":{"user":{"id":7}}}` the path of `id` is `data.user.id`.',
      '`id` must never change for an account; everything else may.',
    ],
  },
  {
    title: 'Name the provider',
    body: [
      'The **target** is the name under which accounts of this provider are linked. It can never change, so choose one that lasts.',
    ],
  },
];
