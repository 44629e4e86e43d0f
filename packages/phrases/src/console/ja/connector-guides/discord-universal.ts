import type { ConnectorGuide } from '../../connector-guides.ts';

export const guide: ConnectorGuide = [
  {
    title: 'アプリケーションを作成する',
    body: ['**Discord Developer Portal** で **New Application** を押し、サインイン時に表示される名前を入力します。'],
  },
  {
    title: 'リダイレクト URI を登録する',
    body: [
      '**OAuth2** を開き、**Redirects** の **Add Redirect** にこのページのリダイレクト URI を貼り付けて **Save Changes** を押します。',
    ],
  },
  {
    title: '認証情報をコピーする',
    body: [
      '同じページの **Client ID** と、**Reset Secret** で表示される **Client Secret** をコピーします。',
      'スコープ `identify email` を要求します。確認済みのメールアドレスだけを取り込みます。',
    ],
  },
];
