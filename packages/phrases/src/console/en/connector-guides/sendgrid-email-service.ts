import type { ConnectorGuide } from '../../connector-guides.ts';

export const guide: ConnectorGuide = [
  {
    title: 'Verify a sender',
    body: [
      'In SendGrid open **Settings** → **Sender Authentication** and authenticate your domain, or verify a single sender.',
    ],
  },
  {
    title: 'Create an API key',
    body: [
      'Open **Settings** → **API Keys** and choose **Create API Key**.',
      'Choose **Restricted Access**, give full access to **Mail Send** alone, and choose **Create & View**.',
    ],
  },
  {
    title: 'Copy the key',
    body: [
      'Paste the key into the form. SendGrid shows it only once.',
      'The sender’s address has to belong to the domain or sender you verified.',
    ],
  },
];
