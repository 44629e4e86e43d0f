import type { ConnectorGuide } from '../../connector-guides.ts';

export const guide: ConnectorGuide = [
  {
    title: 'アプリを作成する',
    body: [
      'Hugging Face で **Settings → Connected Apps** を開き、**Create App** を選びます。',
      '**Application Name** と **Homepage URL** を入力し、スコープ `openid`、`profile`、`email` にチェックを入れます。',
    ],
  },
  {
    title: 'リダイレクト URI を登録する',
    body: ['**Redirect URLs** にこのページのリダイレクト URI を貼り付けて、アプリを作成します。'],
  },
  {
    title: '認証情報をコピーする',
    body: [
      '**Client ID** と、**Generate secret** で表示される **App Secret** をコピーします。表示されるのは一度だけです。',
    ],
  },
];
