import type { ConnectorGuide } from '../../connector-guides.ts';

export const guide: ConnectorGuide = [
  {
    title: 'Register an application',
    body: [
      'In the **Microsoft Entra admin center** open **Entra ID → App registrations** and choose **New registration**.',
      '**Supported account types** decides who may sign in: one directory, any directory, or personal Microsoft accounts as well.',
      '**Redirect URI**: choose **Web** and paste the redirect URI shown on this page. Then choose **Register**.',
    ],
  },
  {
    title: 'Create a client secret',
    body: [
      'Open **Certificates & secrets → Client secrets → New client secret**, and choose how long it shall last.',
      'Copy its **Value** at once, not the **Secret ID**: it is shown only now. Note the day on which it expires.',
    ],
  },
  {
    title: 'Copy the ids',
    body: [
      'From **Overview** copy **Application (client) ID** and **Directory (tenant) ID** into the form.',
      'For accounts of any directory enter `organizations` as tenant, for personal accounts `consumers`, for both `common`. It has to fit the account types chosen above.',
      'To keep tokens that can be renewed, add `offline_access` to **Scopes**.',
    ],
  },
];
