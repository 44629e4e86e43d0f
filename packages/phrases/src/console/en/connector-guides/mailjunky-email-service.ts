import type { ConnectorGuide } from '../../connector-guides.ts';

export const guide: ConnectorGuide = [
  {
    title: 'Verify a domain',
    body: ['In MailJunky’s dashboard add your sending domain and set the DNS records that it shows.'],
  },
  {
    title: 'Create an API key',
    body: ['Create a key that may send e-mail. Keys that begin with `mj_test_` are for trials.'],
  },
  {
    title: 'Fill in the form',
    body: ['Paste the key. The sender’s address has to belong to the verified domain.'],
  },
];
