import type { ConnectorGuide } from '../../connector-guides.ts';

export const guide: ConnectorGuide = [
  {
    title: 'Create an access key',
    body: [
      'In the MessageBird dashboard (dashboard.messagebird.com) open **Developers** → **API access (REST)** and choose **Add access key** with the mode live.',
      'Keys of Bird’s newer app (app.bird.com) belong to another API and are refused.',
    ],
  },
  {
    title: 'Choose an originator',
    body: [
      '**Originator** is a name of at most 11 letters, or a number you rented under **Numbers** where names are not allowed.',
    ],
  },
  {
    title: 'Fill in the form',
    body: ['Paste the key, and send a test message to a phone of yours.'],
  },
];
