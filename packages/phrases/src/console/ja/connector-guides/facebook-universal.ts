import type { ConnectorGuide } from '../../connector-guides.ts';

export const guide: ConnectorGuide = [
  {
    title: 'アプリを作成する',
    body: [
      '**Meta for Developers → マイアプリ**で**アプリを作成**を押し、ユースケースに **Facebook ログインでユーザーを認証し、データをリクエストする**を選びます。',
      '**ユースケース → カスタマイズ**で、`public_profile` に加えて `email` のアクセス許可を追加します。',
    ],
  },
  {
    title: 'リダイレクト URI を登録する',
    body: [
      '**Facebook ログイン → 設定**を開き、**有効な OAuth リダイレクト URI** にこのページのリダイレクト URI を貼り付けて保存します。',
      '**クライアント OAuth ログイン**と**ウェブ OAuth ログイン**はオンのままにします。',
    ],
  },
  {
    title: '認証情報をコピーする',
    body: [
      '**アプリの設定 → ベーシック**から**アプリ ID** と **app secret** をコピーします。プライバシーポリシーとデータ削除の案内もここで入力します。',
      'アプリを公開します。公開するまでは、アプリに役割を持つ人しかサインインできません。',
    ],
  },
];
