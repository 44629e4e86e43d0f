import type { ConnectorGuide } from '../../connector-guides.ts';

export const guide: ConnectorGuide = [
  {
    title: 'Set up WhatsApp',
    body: [
      'In Meta’s **App Dashboard** (developers.facebook.com/apps) choose **Create App**, with the use case **Connect with customers through WhatsApp** and your business portfolio.',
      'Under **Use cases → Customize → API Setup** register your number, and copy its **Phone number ID**.',
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
