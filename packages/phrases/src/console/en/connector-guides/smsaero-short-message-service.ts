import type { ConnectorGuide } from '../../connector-guides.ts';

export const guide: ConnectorGuide = [
  {
    title: 'Copy the API key',
    body: ['In SMS Aero open the settings of your account, then the API section, and copy the key.'],
  },
  {
    title: 'Register a sender',
    body: ['Add a signature in your account and wait until it is approved. Until then `SMS Aero` can be the sender.'],
  },
  {
    title: 'Fill in the form',
    body: ['The e-mail address is the one you sign in to SMS Aero with.'],
  },
];
