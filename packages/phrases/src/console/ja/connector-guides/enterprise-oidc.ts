import type { ConnectorGuide } from '../../connector-guides.ts';

export const guide: ConnectorGuide = [
  {
    title: 'プロバイダーでクライアントを登録する',
    body: [
      '認可コードフローを使う機密クライアントを作成します。「Web アプリケーション」と呼ばれることもあります。',
      'このページのリダイレクト URI を、そのまま正確に入力します。',
      'スコープ `openid`、`profile`、`email` を許可します。',
    ],
  },
  {
    title: '認証情報をコピーする',
    body: [
      'クライアント ID とクライアントシークレットをフォームにコピーします。',
      '発行者は、プロバイダーの `/.well-known/openid-configuration` にある `issuer` の値です。保存時に、そこからディスカバリー文書を読み込みます。',
    ],
  },
  {
    title: '保存してドメインを登録する',
    body: ['このフォームを保存し、**表示と動作** タブで顧客のメールドメインを入力します。'],
  },
];
