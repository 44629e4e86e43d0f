import type { ConnectorGuide } from '../../connector-guides.ts';

export const guide: ConnectorGuide = [
  {
    title: 'ドメインを検証する',
    body: ['MailJunky のダッシュボードで送信ドメインを追加し、表示された DNS レコードを設定します。'],
  },
  {
    title: 'API キーを作成する',
    body: ['メール送信を許可したキーを作成します。`mj_test_` で始まるキーは試用向けです。'],
  },
  {
    title: 'フォームに入力する',
    body: ['キーを貼り付けます。送信元アドレスは、検証済みドメインのものにしてください。'],
  },
];
