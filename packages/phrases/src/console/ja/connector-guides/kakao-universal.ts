import type { ConnectorGuide } from '../../connector-guides.ts';

export const guide: ConnectorGuide = [
  {
    title: 'アプリを作成する',
    body: [
      '**Kakao Developers → My Application** で **Add an application** を選びます。',
      '**Kakao Login** を開いて **ON** にします。',
    ],
  },
  {
    title: 'リダイレクト URI を登録する',
    body: [
      'Kakao Login の設定の **Redirect URI** に、このページのリダイレクト URI を追加します。',
      '**Consent Items** で **Nickname** と **Profile image** を設定します。ビジネスアプリの場合は **Kakao Account (email)** も設定できます。',
    ],
  },
  {
    title: '認証情報をコピーする',
    body: [
      '**App keys** の **REST API key** をコピーします。',
      'Kakao Login で **Client secret** を有効にしている場合は必須になるため、そのコードもコピーします。',
    ],
  },
];
