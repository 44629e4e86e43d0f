import type { ConnectorGuide } from '../../connector-guides.ts';

export const guide: ConnectorGuide = [
  {
    title: 'Create a SAML application at the provider',
    body: [
      'Give it the metadata address shown on this page, or enter the entity ID and the assertion consumer service URL by hand.',
      'The answer has to be signed, the assertion or the response around it, and comes by POST.',
    ],
  },
  {
    title: 'Say what it sends',
    body: [
      'The name ID must be something that never changes and is never given to somebody else.',
      'Let it send the e-mail address as `email` and the name as `name`, or enter its own names for them under Attributes.',
    ],
  },
  {
    title: 'Describe the provider here',
    body: [
      'The metadata address is best: a new certificate is then followed by itself. A metadata file or single values do as well.',
    ],
  },
  {
    title: 'Save, and name the domains',
    body: ['Save this form. Then open **Experience** and enter the customer’s e-mail domains.'],
  },
];
