import type { ConnectorGuide } from '../../connector-guides.ts';

export const guide: ConnectorGuide = [
  {
    title: 'モバイルアプリを登録する',
    body: [
      '**WeChat Open Platform**（open.weixin.qq.com）にログインし、**管理中心 → 移动应用** で **创建移动应用** を選びます。',
      'iOS の **Bundle ID** と **Universal Links**、Android のパッケージ名と署名を入力して、審査に提出します。',
    ],
  },
  {
    title: '認証情報をコピーする',
    body: ['**AppID** と **AppSecret**、iOS アプリのユニバーサルリンクをフォームに貼り付けます。'],
  },
  {
    title: 'アプリからサインインする',
    body: [
      'アプリは WeChat SDK からコードを受け取り、Experience API または Verification API に渡します。ブラウザを経由しないため、リダイレクト URI の登録は不要です。',
    ],
  },
];
