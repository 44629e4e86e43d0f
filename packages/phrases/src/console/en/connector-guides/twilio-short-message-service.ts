import type { ConnectorGuide } from '../../connector-guides.ts';

export const guide: ConnectorGuide = [
  {
    title: 'Copy the account’s credentials',
    body: ['In the Twilio Console, **Account Info** on the first page has the **Account SID** and the **Auth Token**.'],
  },
  {
    title: 'Create a messaging service',
    body: [
      'Open **Messaging** → **Services**, choose **Create Messaging Service**, and add a number or a sender ID under **Sender Pool**.',
      'Copy its SID, which begins with `MG`.',
    ],
  },
  {
    title: 'Allow countries',
    body: ['Under **Messaging** → **Settings** → **Geo permissions** tick the countries your users live in.'],
  },
];
