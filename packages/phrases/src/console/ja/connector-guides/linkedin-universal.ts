import type { ConnectorGuide } from '../../connector-guides.ts';

export const guide: ConnectorGuide = [
  {
    title: 'アプリを作成する',
    body: [
      '**LinkedIn Developers → My apps** で **Create app** を押します。会社の LinkedIn ページが必要で、ページの管理者による確認があります。',
      '**Products** で **Sign In with LinkedIn using OpenID Connect** の利用を申請します。すぐに許可されます。',
    ],
  },
  {
    title: 'リダイレクト URI を登録する',
    body: [
      '**Auth** を開き、**OAuth 2.0 settings → Authorized redirect URLs for your app** にこのページのリダイレクト URI を追加して **Update** を押します。',
    ],
  },
  {
    title: '認証情報をコピーする',
    body: [
      '同じページの **Client ID** と **Primary Client Secret** をフォームに貼り付けます。',
      'スコープ `openid profile email` は、上の製品に含まれています。',
    ],
  },
];
