import type { ConnectorGuide } from '../../connector-guides.ts';

export const guide: ConnectorGuide = [
  {
    title: 'アプリケーションを登録する',
    body: [
      '**NAVER Developers → Application → アプリケーション登録**を開き、使用 API に **NAVER ログイン**を選びます。',
      '名前、メールアドレス、プロフィール画像など、必要な情報にチェックを入れます。',
    ],
  },
  {
    title: 'リダイレクト URI を登録する',
    body: [
      '環境に **PC ウェブ**を追加し、**サービス URL** と、**Callback URL** としてこのページのリダイレクト URI を入力します。',
    ],
  },
  {
    title: '認証情報をコピーする',
    body: [
      'アプリケーションの**概要**から **Client ID** と **Client Secret** をコピーします。',
      '開発中の間は登録したメンバーしかサインインできません。**NAVER ログインの審査**を申請してください。',
    ],
  },
];
