import type { ConnectorGuide } from '../../connector-guides.ts';

export const guide: ConnectorGuide = [
  {
    title: 'アプリケーションを作成する',
    body: [
      '**oauth.yandex.com** で **Create app** を選び、ウェブでのユーザー認証用に作成します。',
      '**Web services** の **Redirect URI** に、このページのリダイレクト URI を入力します。',
    ],
  },
  {
    title: 'データを選ぶ',
    body: [
      'ログイン名と氏名（`login:info`）、メールアドレス（`login:email`）、プロフィール画像（`login:avatar`）へのアクセスを追加します。',
    ],
  },
  {
    title: '認証情報をコピーする',
    body: ['アプリケーションのページから **ClientID** と **Client secret** をコピーします。'],
  },
];
