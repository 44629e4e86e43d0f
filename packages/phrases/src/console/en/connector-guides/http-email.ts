import type { ConnectorGuide } from '../../connector-guides.ts';

export const guide: ConnectorGuide = [
  {
    title: 'Write a service',
    body: [
      'It takes a POST request of JSON with `to`, `type` and `payload`, and answers any 2xx status when it has taken the message.',
      '`type` says what the message is for, such as `SignIn`; `payload` has `code` or `link`, `locale`, and what is known of the user and the application.',
    ],
  },
  {
    title: 'Protect it',
    body: [
      'Choose a long random value, enter it as **Authorization header**, and let the service refuse requests without it.',
    ],
  },
];
