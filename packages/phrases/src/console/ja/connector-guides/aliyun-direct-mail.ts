import type { ConnectorGuide } from '../../connector-guides.ts';

export const guide: ConnectorGuide = [
  {
    title: 'ドメインと送信元を設定する',
    body: [
      'Direct Mail コンソールの **Email Domains** でドメインを追加し、DNS レコードを設定します。',
      '**Sender Addresses** で、トリガーメール用の送信元アドレスを作成します。',
    ],
  },
  {
    title: 'AccessKey を作成する',
    body: [
      'RAM で、ポリシー `AliyunDirectMailFullAccess` を持つ API アクセス用ユーザーを作成し、AccessKey ID と Secret をコピーします。',
    ],
  },
  {
    title: 'フォームに入力する',
    body: [
      '**送信元アドレス** には作成したアドレスを、**リージョン** にはコンソールのリージョン（例：`cn-hangzhou`）を入力します。',
    ],
  },
];
