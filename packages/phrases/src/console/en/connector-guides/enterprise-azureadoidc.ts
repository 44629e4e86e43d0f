import type { ConnectorGuide } from '../../connector-guides.ts';

export const guide: ConnectorGuide = [
  {
    title: 'Register the application in Microsoft Entra',
    body: [
      'Open the Microsoft Entra admin center and go to **App registrations**, then **New registration**.',
      '**Supported account types**: accounts in this organizational directory only.',
      '**Redirect URI**: choose **Web** and paste the redirect URI shown on this page. Choose **Register**.',
    ],
  },
  {
    title: 'Copy the IDs and make a secret',
    body: [
      'On **Overview**, copy **Application (client) ID** into Client ID.',
      'Copy **Directory (tenant) ID**. The issuer is `https://login.microsoftonline.com/<tenant id>/v2.0`.',
      'Under **Certificates & secrets** choose **New client secret**, and copy its **Value** into Client secret. It is shown only once.',
    ],
  },
  {
    title: 'Let it send the e-mail address',
    body: [
      'Under **Token configuration** choose **Add optional claim**, then **ID**, and tick `email`.',
      'Microsoft does not say whether an address is verified. If your directory alone decides about addresses, turn on **Trust addresses that the provider does not call verified** here.',
    ],
  },
  {
    title: 'Save, and name the domains',
    body: ['Save this form. Then open **Experience** and enter the customer’s e-mail domains.'],
  },
];
