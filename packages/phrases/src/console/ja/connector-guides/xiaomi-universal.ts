import type { ConnectorGuide } from '../../connector-guides.ts';

export const guide: ConnectorGuide = [
  {
    title: 'アプリを登録する',
    body: [
      '**Xiaomi 开放平台**（dev.mi.com）の管理コンソールで **小米帐号服务** を開き、**网页** のアプリを作成します。',
    ],
  },
  {
    title: 'リダイレクト URI を登録する',
    body: ['アプリの **回调地址** に、このページのリダイレクト URI を入力して保存します。'],
  },
  {
    title: '認証情報をコピーする',
    body: [
      'アプリの画面から **AppID** と **AppSecret** をコピーします。Xiaomi からメールアドレスは渡されません。',
      '**確認を省略する**をオンにすると、Xiaomi にサインイン済みの人には確認画面が表示されません。',
    ],
  },
];
