import type { ConnectorGuide } from '../../connector-guides.ts';

export const guide: ConnectorGuide = [
  {
    title: 'Have a signature and templates approved',
    body: [
      'In the Alibaba Cloud SMS console add a signature and templates, and wait until both are approved. The variables of templates are called `code` and `link`.',
    ],
  },
  {
    title: 'Create an AccessKey',
    body: [
      'In RAM create a user for API access with the policy `AliyunDysmsFullAccess`, and copy its AccessKey ID and secret.',
    ],
  },
  {
    title: 'Fill in the form',
    body: ['Enter the signature’s text and, for each usage type, the template’s code, such as `SMS_123456789`.'],
  },
];
