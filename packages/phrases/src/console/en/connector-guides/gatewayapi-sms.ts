import type { ConnectorGuide } from '../../connector-guides.ts';

export const guide: ConnectorGuide = [
  {
    title: 'Create an API token',
    body: ['In GatewayAPI open **API** → **API Keys**, create a key, and copy its **Token**.'],
  },
  {
    title: 'Fill in the form',
    body: [
      'Accounts of the EU setup use the endpoint `https://gatewayapi.eu/rest/mtsms`.',
      '**Sender** is a name of at most 11 letters, or a number of at most 18 digits.',
    ],
  },
];
