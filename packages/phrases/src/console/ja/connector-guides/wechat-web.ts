import type { ConnectorGuide } from '../../connector-guides.ts';

export const guide: ConnectorGuide = [
  {
    title: 'ウェブサイトアプリを登録する',
    body: [
      '認証済みの開発者アカウントで **WeChat Open Platform**（open.weixin.qq.com）にログインし、**管理中心 → 网站应用** を開きます。',
      '**创建网站应用** を選び、審査に提出します。',
    ],
  },
  {
    title: 'コールバックのドメインを設定する',
    body: [
      '**开发信息 → 授权回调域** に、このページのリダイレクト URI のホスト名だけ（スキームとパスなし）を入力します。',
    ],
  },
  {
    title: '認証情報をコピーする',
    body: [
      'アプリケーションの画面から **AppID** と **AppSecret** をコピーします。',
      'ウェブサイトアプリとモバイルアプリを同じ Open Platform アカウントに紐付けると、同じ人を 1 つの UnionID で識別できます。',
      'WeChat からメールアドレスは渡されません。',
    ],
  },
];
