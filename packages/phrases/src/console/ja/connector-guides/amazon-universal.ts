import type { ConnectorGuide } from '../../connector-guides.ts';

export const guide: ConnectorGuide = [
  {
    title: 'セキュリティプロファイルを作成する',
    body: [
      'Amazon Developer の **Login with Amazon** コンソールで **Create a New Security Profile**（新しいセキュリティプロファイルを作成）を選びます。',
      '名前、説明、**Consent Privacy Notice URL** を入力します。サインイン時に表示されます。',
    ],
  },
  {
    title: 'リダイレクト URI を登録する',
    body: [
      'プロファイルの横の **Manage → Web Settings** を選び、**Edit** を押します。',
      '**Allowed Return URLs** にこのページのリダイレクト URI を貼り付けて保存します。',
    ],
  },
  {
    title: '認証情報をコピーする',
    body: [
      '**Web Settings** の **Client ID** と、**Show Secret** で表示される **Client Secret** をコピーします。',
      'スコープ `profile` には名前とメールアドレスが含まれます。',
    ],
  },
];
