import type { ConnectorGuide } from '../../connector-guides.ts';

export const guide: ConnectorGuide = [
  {
    title: 'ドメインを追加する',
    body: ['Resend で **Domains** → **Add Domain** を選び、表示された DNS レコードを設定します。'],
  },
  {
    title: 'API キーを作成する',
    body: ['**API Keys** → **Create API Key** を選び、権限に **Sending access** を選びます。'],
  },
  {
    title: 'フォームに入力する',
    body: ['キーを貼り付けます。表示されるのは一度だけです。送信元アドレスは、検証済みドメインのものにしてください。'],
  },
];
