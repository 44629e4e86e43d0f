import type { ConnectorGuide } from '../../connector-guides.ts';

export const guide: ConnectorGuide = [
  {
    title: '社内アプリを作成する',
    body: [
      '管理者として **WeCom 管理コンソール**（work.weixin.qq.com）にログインし、**应用管理** の **自建** で **创建应用** を選びます。',
      '利用できる部署と人を選びます。',
    ],
  },
  {
    title: 'コールバックのドメインを信頼する',
    body: [
      'アプリの **企业微信授权登录 → Web网页** を開き、このページのリダイレクト URI のホスト名を入力します。',
      '**网页授权及JS-SDK** にも同じホスト名を信頼するドメインとして追加し、**企业可信IP** にサーバーの IP アドレスを登録します。',
    ],
  },
  {
    title: '認証情報をコピーする',
    body: ['アプリの画面から **AgentId** と **Secret** を、**我的企业** から **企业ID** をコピーします。'],
  },
];
