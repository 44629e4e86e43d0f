import type { ConnectorGuide } from '../../connector-guides.ts';

export const guide: ConnectorGuide = [
  {
    title: 'Leave the sandbox',
    body: [
      'In the Amazon SNS console choose your region and open **Text messaging (SMS)**. A new account is in the sandbox; choose **Exit SMS sandbox**.',
    ],
  },
  {
    title: 'Create a user',
    body: [
      'In IAM create a user with a policy that allows `sns:Publish`, and choose **Create access key** under **Security credentials**.',
    ],
  },
  {
    title: 'Fill in the form',
    body: [
      'Copy both parts of the key. **Sender ID** is shown in countries that support one; some want it registered first.',
    ],
  },
];
