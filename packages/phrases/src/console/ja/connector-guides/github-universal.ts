import type { ConnectorGuide } from '../../connector-guides.ts';

export const guide: ConnectorGuide = [
  {
    title: 'OAuth アプリを登録する',
    body: [
      'GitHub で **Settings → Developer settings → OAuth Apps** を開き、**New OAuth App**（最初のアプリでは **Register a new application**）を選びます。組織のアプリにする場合は、組織の設定から始めます。',
      '**Application name** と **Homepage URL** を入力します。どちらも GitHub の同意画面に表示されます。',
      '**Authorization callback URL** に、このページのリダイレクト URI を貼り付けて **Register application** を押します。',
    ],
  },
  {
    title: '認証情報をコピーする',
    body: [
      '**Client ID** をコピーします。**Generate a new client secret** を押して、表示されたシークレットもコピーします。表示されるのは一度だけです。',
      'メールアドレスは `user:email` スコープで取得します。**スコープ**を変更しない限り自動的に要求します。',
    ],
  },
  {
    title: 'GitHub Enterprise を使う場合',
    body: [
      'GitHub Enterprise Server または GHE.com では、そのサーバーでアプリを登録し、アドレスを **GitHub Enterprise の URL** に入力します。',
    ],
  },
];
