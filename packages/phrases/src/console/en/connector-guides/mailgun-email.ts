import type { ConnectorGuide } from '../../connector-guides.ts';

export const guide: ConnectorGuide = [
  {
    title: 'Add a domain',
    body: [
      'In Mailgun open **Sending** → **Domains**, choose **Add new domain**, and set the DNS records that it shows.',
      'For a domain in the EU region the endpoint is `https://api.eu.mailgun.net`.',
    ],
  },
  {
    title: 'Create a key',
    body: [
      'Open the domain’s **Domain settings → Sending API keys** and choose **Add sending key**. Such a key can do nothing but send, and is shown once.',
    ],
  },
  {
    title: 'Fill in the form',
    body: ['**Domain** is the name under **Domains**; **Sender** is an address of it.'],
  },
];
