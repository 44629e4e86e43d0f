import type { ConnectorGuide } from '../../connector-guides.ts';

export const guide: ConnectorGuide = [
  {
    title: 'アプリを作成する',
    body: [
      'X の **Developer Console**（console.x.com）で **Apps** を開き、**Create App** でアプリを作成するか、既存のアプリを選びます。',
      '**User authentication settings** の **Set up** を押します。',
    ],
  },
  {
    title: 'サインインを設定する',
    body: [
      '**App permissions** は **Read** で十分です。**Type of App** は、シークレットを使えるように **Web App, Automated App or Bot** を選びます。',
      '**Callback URI / Redirect URL** にこのページのリダイレクト URI を、**Website URL** に製品のアドレスを入力します。手元の環境では `localhost` ではなく `http://127.0.0.1` を使います。',
      'メールアドレスが必要な場合は **Request email from users** をオンにし、フォームの**スコープ**を `tweet.read users.read users.email` にします。',
    ],
  },
  {
    title: '認証情報をコピーする',
    body: [
      '**Save** を押すと OAuth 2.0 の **Client ID** と **Client Secret** が表示されます（API Key とは別のものです）。後から **Keys and tokens** で確認と再発行ができます。',
    ],
  },
];
