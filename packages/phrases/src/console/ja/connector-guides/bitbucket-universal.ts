import type { ConnectorGuide } from '../../connector-guides.ts';

export const guide: ConnectorGuide = [
  {
    title: 'OAuth コンシューマーを追加する',
    body: [
      'Bitbucket Cloud でワークスペースを開き、**設定**（歯車）**→ ワークスペース設定 → アプリと機能 → OAuth コンシューマー**から**コンシューマーを追加**を選びます。',
      'サインイン時に表示される名前を入力し、**This is a private consumer** にチェックを入れます。',
    ],
  },
  {
    title: 'リダイレクト URI を登録する',
    body: [
      '**Callback URL** に、このページのリダイレクト URI を貼り付けます。',
      '**権限**の**アカウント**で **Email** と **Read** にチェックを入れて保存します。',
    ],
  },
  {
    title: '認証情報をコピーする',
    body: ['一覧で作成したコンシューマーを開くと **Key** と **Secret** が表示されます。両方をコピーします。'],
  },
];
