import type { ConnectorGuide } from '../../connector-guides.ts';

export const guide: ConnectorGuide = [
  {
    title: 'Microsoft Entra でエンタープライズアプリケーションを作成する',
    body: [
      'Microsoft Entra 管理センターで **エンタープライズ アプリケーション** を開き、**新しいアプリケーション**、**独自のアプリケーションの作成** の順に選びます。',
      '名前を付け、**ギャラリーに見つからないその他のアプリケーションを統合します (ギャラリー以外)** を選びます。',
    ],
  },
  {
    title: 'こちらのアドレスを入力する',
    body: [
      'アプリケーションの **シングル サインオン** を開き、**SAML** を選びます。',
      '**基本的な SAML 構成** の **編集** を押し、このページのエンティティ ID を **識別子 (エンティティ ID)** に、アサーションコンシューマーサービス URL を **応答 URL** に貼り付けて保存します。',
    ],
  },
  {
    title: 'メタデータのアドレスをコピーする',
    body: [
      '**SAML 証明書** の **アプリのフェデレーション メタデータ URL** を、ここのメタデータのアドレスにコピーします。',
    ],
  },
  {
    title: '属性名を入力する',
    body: [
      'メールアドレス：`http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress`',
      '名前：`http://schemas.microsoft.com/identity/claims/displayname`',
      '変わることのないユーザー ID：`http://schemas.microsoft.com/identity/claims/objectidentifier`',
    ],
  },
  {
    title: 'サインインできる人を割り当てて保存する',
    body: [
      '**ユーザーとグループ** で対象の人を割り当てます。割り当てのない人は Microsoft に拒否されます。',
      'このフォームを保存し、**表示と動作** タブで顧客のメールドメインを入力します。',
    ],
  },
];
