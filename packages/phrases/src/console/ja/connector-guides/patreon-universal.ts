import type { ConnectorGuide } from '../../connector-guides.ts';

export const guide: ConnectorGuide = [
  {
    title: 'クライアントを作成する',
    body: [
      '**patreon.com/portal/registration/register-clients** を開き、**Create Client** を選びます。',
      '**App Name**、**Description**、**App Category** を入力し、**Client API Version** は **2** を選びます。',
    ],
  },
  {
    title: 'リダイレクト URI を登録する',
    body: ['**Redirect URIs** にこのページのリダイレクト URI を貼り付けて、**Create Client** を押します。'],
  },
  {
    title: '認証情報をコピーする',
    body: [
      '一覧でクライアントを開き、**Client ID** と **Client Secret** をコピーします。',
      'スコープ `identity identity[email]` を要求します。後者でメールアドレスを取得します。',
    ],
  },
];
