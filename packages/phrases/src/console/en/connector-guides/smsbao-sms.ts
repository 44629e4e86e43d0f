import type { ConnectorGuide } from '../../connector-guides.ts';

export const guide: ConnectorGuide = [
  {
    title: 'Create an API key',
    body: [
      'Sign in to smsbao and copy the API key in the account’s settings. The MD5 value of your password works too, but it can do more than send.',
    ],
  },
  {
    title: 'Report a signature',
    body: [
      'Texts to China begin with a signature in `【】`. Have it approved in smsbao first, and enter texts with it under **Templates**.',
    ],
  },
  {
    title: 'Fill in the form',
    body: ['**Product ID** is for accounts with a dedicated channel.'],
  },
];
