import type { ConnectorGuide } from '../../connector-guides.ts';

export const guide: ConnectorGuide = [
  {
    title: 'ウェブサイトアプリを登録する',
    body: [
      '認証済みの開発者として **QQ 互联**（connect.qq.com）にログインし、**应用管理** で **网站应用** を作成します。',
    ],
  },
  {
    title: 'リダイレクト URI を登録する',
    body: [
      '**网站回调域** に、このページのリダイレクト URI をそのまま入力し、審査に提出します。',
      'すべてのアプリで同じ人を識別できるように、`get_unionid` インターフェースの利用を申請します。',
    ],
  },
  {
    title: '認証情報をコピーする',
    body: ['アプリの画面から **APP ID** と **APP Key** をコピーします。QQ からメールアドレスは渡されません。'],
  },
];
