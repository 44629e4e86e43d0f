import type { ConnectorGuide } from '../../connector-guides.ts';

export const guide: ConnectorGuide = [
  {
    title: 'Verify the sender',
    body: ['In Postmark open **Sender Signatures** and add a domain or an address.'],
  },
  {
    title: 'Copy the token',
    body: ['Open your server, then **API Tokens**, and copy the **Server API token** into the form.'],
  },
  {
    title: 'Templates, if you like',
    body: [
      'Templates under **Templates** are named by their alias. Without any, the e-mail templates of this console are sent.',
    ],
  },
];
