import type { ConnectorGuide } from '../../connector-guides.ts';

export const guide: ConnectorGuide = [
  {
    title: 'ID を検証する',
    body: [
      'Amazon SES コンソールでリージョンを選び、**ID** → **ID の作成** で、ドメインまたはアドレスを登録します。',
      '新しいアカウントはサンドボックス内にあり、検証済みのアドレスにしか送信できません。**アカウントダッシュボード** で本稼働アクセスを申請してください。',
    ],
  },
  {
    title: 'ユーザーを作成する',
    body: [
      'IAM で、`ses:SendEmail` のみを許可するポリシーを持つユーザーを作成します。',
      '**セキュリティ認証情報** で **アクセスキーを作成** を選びます。',
    ],
  },
  {
    title: 'フォームに入力する',
    body: [
      'アクセスキー ID とシークレットアクセスキーを貼り付けます。**リージョン** は ID のリージョン（例：`us-east-1`）です。',
    ],
  },
];
