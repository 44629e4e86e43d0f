import type { ConnectorGuide } from '../../connector-guides.ts';

export const guide: ConnectorGuide = [
  {
    title: 'Public connection を作成する',
    body: [
      'Notion の **Developer portal**（notion.so/developers/connections）で **Public connection** を作成します。Internal connection ではサインインできません。',
      '**Installation scope** は **Any workspace** を選びます。自社のワークスペースの人だけにサインインさせる場合を除きます。後から変更することはできません。',
      '会社名、ウェブサイト、プライバシーポリシー、利用規約の入力を求められます。',
    ],
  },
  {
    title: 'リダイレクト URI を登録する',
    body: [
      '**リダイレクト URI** に、このページのリダイレクト URI（https が必要です）を貼り付けます。',
      '**機能 → ユーザー機能**で、**メールアドレスを含むユーザー情報の読み取り**を選びます。',
    ],
  },
  {
    title: '認証情報をコピーする',
    body: ['**構成**から **OAuth クライアント ID** と **OAuth クライアントシークレット**をコピーします。'],
  },
];
