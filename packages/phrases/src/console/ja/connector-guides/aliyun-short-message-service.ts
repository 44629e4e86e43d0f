import type { ConnectorGuide } from '../../connector-guides.ts';

export const guide: ConnectorGuide = [
  {
    title: '署名とテンプレートの承認を受ける',
    body: [
      'Alibaba Cloud SMS コンソールで署名とテンプレートを追加し、承認を待ちます。テンプレートの変数名は `code` と `link` です。',
    ],
  },
  {
    title: 'AccessKey を作成する',
    body: [
      'RAM で、ポリシー `AliyunDysmsFullAccess` を持つ API アクセス用ユーザーを作成し、AccessKey ID と Secret をコピーします。',
    ],
  },
  {
    title: 'フォームに入力する',
    body: ['署名のテキストと、用途ごとのテンプレートコード（例：`SMS_123456789`）を入力します。'],
  },
];
