import type { ConnectorGuide } from '../../connector-guides.ts';

export const guide: ConnectorGuide = [
  {
    title: 'Find the server',
    body: [
      'Your mail provider’s help names the SMTP host, the port (587 or 465) and the kind of encryption.',
      'Port 465 needs **TLS from the start**; with port 587 leave it off.',
    ],
  },
  {
    title: 'Get credentials',
    body: [
      'Use a mailbox or an account for sending only. Many providers want an app password in place of the usual one.',
    ],
  },
  {
    title: 'Allow the sender',
    body: [
      '**Sender** has to be an address that the server lets this account send from. SPF and DKIM records of its domain keep messages out of spam.',
    ],
  },
];
