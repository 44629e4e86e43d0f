import type { ConnectorGuide } from '../../connector-guides.ts';

export const guide: ConnectorGuide = [
  {
    title: 'Add a domain',
    body: ['In Resend open **Domains**, choose **Add Domain**, and set the DNS records that it shows.'],
  },
  {
    title: 'Create an API key',
    body: ['Open **API Keys**, choose **Create API Key**, and choose **Sending access** as its permission.'],
  },
  {
    title: 'Fill in the form',
    body: ['Paste the key, which is shown only once. The sender’s address has to belong to the verified domain.'],
  },
];
