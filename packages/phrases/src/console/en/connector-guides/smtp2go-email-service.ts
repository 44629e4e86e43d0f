import type { ConnectorGuide } from '../../connector-guides.ts';

export const guide: ConnectorGuide = [
  {
    title: 'Verify the sender',
    body: ['In SMTP2GO open **Sending** → **Verified Senders** and add your domain or address.'],
  },
  {
    title: 'Create an API key',
    body: ['Open **Sending** → **API Keys**, choose **Add API Key**, and permit `/email/send`.'],
  },
  {
    title: 'Fill in the form',
    body: ['Paste the key. The sender’s address has to be a verified one.'],
  },
];
