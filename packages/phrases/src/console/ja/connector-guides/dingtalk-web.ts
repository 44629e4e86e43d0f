import type { ConnectorGuide } from '../../connector-guides.ts';

export const guide: ConnectorGuide = [
  {
    title: 'アプリを作成する',
    body: [
      '**DingTalk Open Platform**（open.dingtalk.com）の **应用开发** で **创建应用** を選びます。',
      '**权限管理** で **Contact.User.Read**（個人情報）と **Contact.User.mobile**（電話番号）を申請します。',
    ],
  },
  {
    title: 'リダイレクト URI を登録する',
    body: ['**安全设置** を開き、**重定向URL（回调域名）** にこのページのリダイレクト URI を入力します。'],
  },
  {
    title: '認証情報をコピーする',
    body: [
      '**凭证与基础信息** から **Client ID** と **Client Secret** をコピーします。',
      '開発者以外もサインインできるように、アプリのバージョンを公開します。',
    ],
  },
];
