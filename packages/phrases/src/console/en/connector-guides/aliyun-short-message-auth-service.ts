import type { ConnectorGuide } from '../../connector-guides.ts';

export const guide: ConnectorGuide = [
  {
    title: 'Open the service',
    body: [
      'In the console of Phone Number Verification Service open SMS authentication. It comes with signatures and templates, which need no approval of your own.',
    ],
  },
  {
    title: 'Create an AccessKey',
    body: [
      'In RAM create a user for API access with the policy `AliyunDypnsFullAccess`, and copy its AccessKey ID and secret.',
    ],
  },
  {
    title: 'Fill in the form',
    body: [
      'Choose one of the given signatures and, for each usage type, a given template’s code. Numbers in mainland China only.',
    ],
  },
];
