import type { ConnectorGuide } from '../../connector-guides.ts';

export const guide: ConnectorGuide = [
  {
    title: 'サンドボックスを解除する',
    body: [
      'Amazon SNS コンソールでリージョンを選び、**テキストメッセージング (SMS)** を開きます。新しいアカウントはサンドボックス内にあるため、解除を申請します。',
    ],
  },
  {
    title: 'ユーザーを作成する',
    body: [
      'IAM で `sns:Publish` を許可するポリシーを持つユーザーを作成し、**セキュリティ認証情報** で **アクセスキーを作成** を選びます。',
    ],
  },
  {
    title: 'フォームに入力する',
    body: [
      'アクセスキー ID とシークレットアクセスキーを貼り付けます。**送信者 ID** は対応している国で表示されます。事前登録が必要な国もあります。',
    ],
  },
];
