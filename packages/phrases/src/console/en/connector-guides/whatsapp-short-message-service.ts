import type { ConnectorGuide } from '../../connector-guides.ts';

export const guide: ConnectorGuide = [
  {
    title: 'Set up WhatsApp',
    body: [
      'In Meta for Developers create an app of the type **Business**, add **WhatsApp**, and register your number under **API Setup**. Copy its **Phone number ID**.',
    ],
  },
  {
    title: 'Create a template',
    body: [
      'In WhatsApp Manager open **Message templates**, choose **Create template**, the category **Authentication**, and **Copy code** as the way of delivery.',
      'Enter its name and language, such as `en_US`, under **Templates**.',
    ],
  },
  {
    title: 'Create a lasting token',
    body: [
      'In Business settings under **System users** generate a token with `whatsapp_business_messaging`. Tokens from **API Setup** end after a day.',
    ],
  },
];
