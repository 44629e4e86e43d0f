import type { ConnectorGuide } from '../../connector-guides.ts';

export const guide: ConnectorGuide = [
  {
    title: 'サービスを開く',
    body: [
      'Phone Number Verification Service のコンソールで SMS 認証を開きます。用意されている署名とテンプレートは、個別の承認なしで使用できます。',
    ],
  },
  {
    title: 'AccessKey を作成する',
    body: [
      'RAM で、ポリシー `AliyunDypnsFullAccess` を持つ API アクセス用ユーザーを作成し、AccessKey ID と Secret をコピーします。',
    ],
  },
  {
    title: 'フォームに入力する',
    body: ['用意されている署名と、用途ごとのテンプレートコードを入力します。送信できるのは中国本土の番号のみです。'],
  },
];
