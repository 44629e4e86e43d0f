import type { ConnectorGuide } from '../../connector-guides.ts';

export const guide: ConnectorGuide = [
  {
    title: 'アプリケーションを作成する',
    body: ['**KOOK 开发者中心**（developer.kookapp.cn）で **新建应用** を選び、名前を入力します。'],
  },
  {
    title: 'リダイレクト URI を登録する',
    body: [
      '**OAuth2** を開き、このページのリダイレクト URI をコールバックのアドレスに追加して、スコープ `get_user_info` にチェックを入れます。',
    ],
  },
  {
    title: '認証情報をコピーする',
    body: ['同じページの **Client Id** と **Client Secret** をコピーします。KOOK からメールアドレスは渡されません。'],
  },
];
