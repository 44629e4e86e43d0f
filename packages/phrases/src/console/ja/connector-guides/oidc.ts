import type { ConnectorGuide } from '../../connector-guides.ts';

export const guide: ConnectorGuide = [
  {
    title: 'プロバイダーでクライアントを登録する',
    body: [
      '認可コードフローを使う、シークレットを持つウェブクライアントを登録します。リダイレクト URI には、このページの値を入力します。',
      'スコープ `openid profile email` を許可し、クライアント ID とシークレットを控えます。',
    ],
  },
  {
    title: 'ディスカバリードキュメントを読む',
    body: [
      'プロバイダーのアドレスの末尾に `/.well-known/openid-configuration` を付けて開きます。',
      '`authorization_endpoint` と `token_endpoint`、**ID トークンの検証**には `jwks_uri` と `issuer` を、書かれているとおりにコピーします。',
      '名前やメールアドレスが取得できない場合は、`userinfo_endpoint` もコピーします。プロフィールをここでのみ提供するプロバイダーは少なくありません。',
      'シークレットの渡し方は `token_endpoint_auth_methods_supported` で確認できます。',
    ],
  },
  {
    title: 'プロバイダーに名前を付ける',
    body: [
      '**ターゲット**は、このプロバイダーのアカウントを紐付ける名前です。後から変更できないため、長く使える名前にします。',
      '名前とロゴは、ボタンに表示されます。',
    ],
  },
];
