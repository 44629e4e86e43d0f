import type { ConnectorGuide } from '../../connector-guides.ts';

export const guide: ConnectorGuide = [
  {
    title: 'Verify an identity',
    body: [
      'In the Amazon SES console choose your region, open **Identities**, and choose **Create identity** for your domain or address.',
      'A new account is in the sandbox and reaches verified addresses only. Choose **Request production access** under **Account dashboard**, in each region you send from.',
    ],
  },
  {
    title: 'Create a user',
    body: [
      'In IAM choose **Users → Create user** and **Attach policies directly**, with a policy that allows `ses:SendEmail`, and nothing else.',
      'Under **Security credentials** choose **Create access key**.',
    ],
  },
  {
    title: 'Fill in the form',
    body: [
      'Copy the access key ID and the secret access key. **Region** is that of the identity, such as `us-east-1`.',
    ],
  },
];
