import type { ConnectorGuide } from '../../connector-guides.ts';

export const guide: ConnectorGuide = [
  {
    title: 'Copy the API key',
    body: ['In Yunpian’s console open the account settings and copy the **APIKEY**.'],
  },
  {
    title: 'Have a signature and templates approved',
    body: [
      'Add a signature and a template, and wait until both are approved. The text sent has to match an approved template, its signature included.',
    ],
  },
  {
    title: 'Fill in the form',
    body: [
      'Enter the approved text under **Templates**, with `{{code}}` where the code stands. Turn on **Numbers outside China** if you need them.',
    ],
  },
];
