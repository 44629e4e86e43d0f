import type { ConnectorGuide } from '../../connector-guides.ts';

export const guide: ConnectorGuide = [
  {
    title: 'App ID を登録する',
    body: [
      '**Apple Developer Program** への登録が必要です。デベロッパアカウントで **Certificates, Identifiers & Profiles → Identifiers** を開きます。',
      '**+** を押して **App IDs** → **App** を選びます。説明と Bundle ID を入力し、**Capabilities** の **Sign in with Apple** にチェックを入れて登録します。',
    ],
  },
  {
    title: 'Services ID を登録する',
    body: [
      'もう一度 **+** を押して **Services IDs** を選びます。ここで決める **Identifier**（`com.example.signin` など）がフォームに入力する値です。',
      '作成した Services ID を開き、**Sign in with Apple** にチェックを入れて **Configure** を押します。**Primary App ID** に先ほどの App ID を選びます。',
      '**Domains and Subdomains** にはサーバーのホスト名（`https://` なし）、**Return URLs** にはこのページのリダイレクト URI を入力します。`localhost` と `http` は使えません。',
      '**Next**、**Done** を押してから、Services ID の画面でも **Continue**、**Save** を押します。それまでは何も保存されません。',
    ],
  },
  {
    title: 'フォームに入力する',
    body: [
      'Services ID の Identifier を貼り付けます。シークレットは不要です。誰がサインインしたかは、Apple が署名した ID トークンで確認します。',
      '名前とメールアドレスを受け取るには、**スコープ**を `name email` にします。名前が渡されるのは初回のサインインだけです。',
      'メールアドレスを非公開にした人には、Apple のリレーを経由してメールが届きます。**Services → Sign in with Apple for Email Communication → Configure** で、送信元のドメインまたはアドレスを登録してください。',
    ],
  },
];
