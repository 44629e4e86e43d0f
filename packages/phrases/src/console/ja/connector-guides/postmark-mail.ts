import type { ConnectorGuide } from '../../connector-guides.ts';

export const guide: ConnectorGuide = [
  {
    title: '送信元を検証する',
    body: ['Postmark で **Sender Signatures** を開き、ドメインまたはアドレスを追加します。'],
  },
  {
    title: 'トークンをコピーする',
    body: ['サーバーを開いて **API Tokens** を選び、**Server API token** をフォームに貼り付けます。'],
  },
  {
    title: '必要に応じてテンプレートを指定する',
    body: [
      '**Templates** のテンプレートはエイリアスで指定します。指定しない場合は、このコンソールのメールテンプレートが送信されます。',
    ],
  },
];
