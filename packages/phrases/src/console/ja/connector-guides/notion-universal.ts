import type { ConnectorGuide } from '../../connector-guides.ts';

export const guide: ConnectorGuide = [
  {
    title: '公開インテグレーションを作成する',
    body: [
      '**notion.so/profile/integrations** で**新しいインテグレーション**を選びます。種類は**公開**にします。内部インテグレーションではサインインできません。',
      '会社名、ウェブサイト、プライバシーポリシー、利用規約の入力を求められます。',
    ],
  },
  {
    title: 'リダイレクト URI を登録する',
    body: [
      '**リダイレクト URI** に、このページのリダイレクト URI を貼り付けます。',
      '**機能 → ユーザー機能**で、**メールアドレスを含むユーザー情報の読み取り**を選びます。',
    ],
  },
  {
    title: '認証情報をコピーする',
    body: ['**構成**から **OAuth クライアント ID** と **OAuth クライアントシークレット**をコピーします。'],
  },
];
