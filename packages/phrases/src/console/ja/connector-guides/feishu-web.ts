import type { ConnectorGuide } from '../../connector-guides.ts';

export const guide: ConnectorGuide = [
  {
    title: 'アプリを作成する',
    body: [
      '**Feishu Open Platform**（open.feishu.cn）の **开发者后台** で **创建企业自建应用** を選びます。',
      'アプリに **网页应用** の機能を追加します。',
    ],
  },
  {
    title: 'リダイレクト URI を登録する',
    body: [
      '**安全设置 → 重定向URL** に、このページのリダイレクト URI を追加します。',
      '電話番号やメールアドレスが必要な場合は、**权限管理** で対応する権限を追加します。',
    ],
  },
  {
    title: '認証情報をコピーする',
    body: [
      '**凭证与基础信息** から **App ID** と **App Secret** をコピーします。その後、バージョンを作成して公開します。',
    ],
  },
];
