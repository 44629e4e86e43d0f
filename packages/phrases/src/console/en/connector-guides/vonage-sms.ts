import type { ConnectorGuide } from '../../connector-guides.ts';

export const guide: ConnectorGuide = [
  {
    title: 'Copy the credentials',
    body: [
      'In the Vonage dashboard open **Settings → API Settings** and copy the **API key** and one of its **API secrets**.',
    ],
  },
  {
    title: 'Choose a sender',
    body: [
      'Where names are allowed, **Sender** is your brand’s name. Elsewhere, such as in the US, rent a number under **Numbers** and enter it.',
    ],
  },
  {
    title: 'Check the signature setting',
    body: [
      'If **API Settings** there demands signed requests, turn that off for this account, or messages are refused.',
    ],
  },
];
