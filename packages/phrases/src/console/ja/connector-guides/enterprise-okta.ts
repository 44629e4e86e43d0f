import type { ConnectorGuide } from '../../connector-guides.ts';

export const guide: ConnectorGuide = [
  {
    title: 'Okta でアプリ統合を作成する',
    body: [
      'Okta の管理コンソールで **Applications**、**Applications**、**Create App Integration** の順に選びます。',
      '**OIDC - OpenID Connect** と **Web Application** を選びます。',
      '**Sign-in redirect URIs** に、このページのリダイレクト URI を入力します。',
      '**Assignments** でサインインできる人を指定し、保存します。',
    ],
  },
  {
    title: '認証情報をコピーする',
    body: [
      '**General** タブの **Client ID** と **Client secret** をフォームにコピーします。',
      '発行者は、顧客の Okta のアドレス（`https://acme.okta.com` など）です。独自の認可サーバーを使う場合は、**Security**、**API** にある **Issuer URI** です。',
    ],
  },
  {
    title: '保存してドメインを登録する',
    body: ['このフォームを保存し、**表示と動作** タブで顧客のメールドメインを入力します。'],
  },
];
