import type { ConnectorGuide } from '../../connector-guides.ts';

export const guide: ConnectorGuide = [
  {
    title: 'アプリを作成する',
    body: [
      '**api.slack.com/apps** で **Create New App → From scratch** を選び、開発に使うワークスペースを選択します。',
    ],
  },
  {
    title: 'リダイレクト URI を登録する',
    body: [
      '**OAuth & Permissions** を開き、**Redirect URLs** の **Add New Redirect URL** でこのページのリダイレクト URI（https が必要です）を入力し、**Add**、**Save URLs** を押します。',
      '**User Token Scopes** に `openid`、`profile`、`email` を追加します。',
    ],
  },
  {
    title: '認証情報をコピーする',
    body: [
      '**Basic Information → App Credentials** から **Client ID** と **Client Secret** をコピーします。',
      'ほかのワークスペースの人にも使ってもらうには、**Manage Distribution** で公開配布を有効にします。',
    ],
  },
];
