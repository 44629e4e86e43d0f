import type { ConnectorGuide } from '../../connector-guides.ts';

export const guide: ConnectorGuide = [
  {
    title: 'アプリを作成する',
    body: [
      '**Kakao Developers → My Application** で **Create app** を選びます。',
      '**Kakao Login → Enable** で **State** を **ON** にします。',
    ],
  },
  {
    title: 'リダイレクト URI を登録する',
    body: [
      '**App → Platform key** で **REST API key** を開き、Kakao Login の **Redirect URI** に、このページのリダイレクト URI を追加します。',
      '**Kakao Login → Consent items** で **Nickname** と **Profile image** を設定します。ビジネスアプリの場合は **Kakao Account (email)** も設定できます。',
    ],
  },
  {
    title: '認証情報をコピーする',
    body: [
      '**App → Platform key** の **REST API key** をコピーします。',
      'そのキーの **Client secret** もコピーします。新しいキーでは最初から有効になっており、有効な間は必須です。',
    ],
  },
];
