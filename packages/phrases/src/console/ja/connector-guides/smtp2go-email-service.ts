import type { ConnectorGuide } from '../../connector-guides.ts';

export const guide: ConnectorGuide = [
  {
    title: '送信元を検証する',
    body: ['SMTP2GO で **Sending** → **Verified Senders** を開き、ドメインまたはアドレスを追加します。'],
  },
  {
    title: 'API キーを作成する',
    body: ['**Sending** → **API Keys** で **Add API Key** を選び、`/email/send` を許可します。'],
  },
  {
    title: 'フォームに入力する',
    body: ['キーを貼り付けます。送信元アドレスは検証済みのものにしてください。'],
  },
];
