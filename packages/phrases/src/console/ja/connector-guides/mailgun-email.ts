import type { ConnectorGuide } from '../../connector-guides.ts';

export const guide: ConnectorGuide = [
  {
    title: 'ドメインを追加する',
    body: [
      'Mailgun で **Sending** → **Domains** を開き、**Add new domain** を選んで、表示された DNS レコードを設定します。',
      'EU リージョンのドメインの場合、エンドポイントは `https://api.eu.mailgun.net` です。',
    ],
  },
  {
    title: 'キーを作成する',
    body: [
      'ドメインの **Domain settings → Sending API keys** で **Add sending key** を選びます。このキーでできるのは送信だけで、表示されるのは一度だけです。',
    ],
  },
  {
    title: 'フォームに入力する',
    body: ['**ドメイン** には **Domains** に表示される名前を、**送信元** にはそのドメインのアドレスを入力します。'],
  },
];
