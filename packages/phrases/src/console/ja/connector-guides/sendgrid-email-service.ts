import type { ConnectorGuide } from '../../connector-guides.ts';

export const guide: ConnectorGuide = [
  {
    title: '送信元を認証する',
    body: [
      'SendGrid で **Settings** → **Sender Authentication** を開き、ドメインを認証するか、Single Sender を検証します。',
    ],
  },
  {
    title: 'API キーを作成する',
    body: [
      '**Settings** → **API Keys** で **Create API Key** を選びます。',
      '**Restricted Access** を選び、**Mail Send** のみにフルアクセスを与えて **Create & View** を押します。',
    ],
  },
  {
    title: 'キーをコピーする',
    body: [
      '表示されたキーをフォームに貼り付けます。キーが表示されるのは一度だけです。',
      '送信元アドレスは、認証したドメインまたは送信者のものにしてください。',
    ],
  },
];
