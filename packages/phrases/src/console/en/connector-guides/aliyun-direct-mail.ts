import type { ConnectorGuide } from '../../connector-guides.ts';

export const guide: ConnectorGuide = [
  {
    title: 'Set up a domain and a sender',
    body: [
      'In the Direct Mail console add a domain under **Email Domains** and set its DNS records.',
      'Under **Sender Addresses** create an address of the type for triggered e-mail.',
    ],
  },
  {
    title: 'Create an AccessKey',
    body: [
      'In RAM create a user for API access with the policy `AliyunDirectMailFullAccess`, and copy its AccessKey ID and secret.',
    ],
  },
  {
    title: 'Fill in the form',
    body: ['**Sender address** is the one you created; **Region** is that of the console, such as `cn-hangzhou`.'],
  },
];
