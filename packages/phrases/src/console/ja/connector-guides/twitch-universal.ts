import type { ConnectorGuide } from '../../connector-guides.ts';

export const guide: ConnectorGuide = [
  {
    title: 'アプリケーションを登録する',
    body: [
      '**Twitch デベロッパーコンソール**（dev.twitch.tv/console）で**アプリケーションを登録**を選びます。アカウントの二要素認証が必要です。',
      '**OAuth のリダイレクト URL** に、このページのリダイレクト URI を追加します。',
      '**カテゴリー**は **Website Integration**、**クライアントのタイプ**は**機密保持**を選び、**作成**を押します。',
    ],
  },
  {
    title: '認証情報をコピーする',
    body: [
      'アプリケーションの横の**管理**を押し、**クライアント ID** と、**新しい秘密**で表示されるシークレットをコピーします。',
    ],
  },
  {
    title: 'スコープはそのままにする',
    body: ['メールアドレスは `user:read:email` スコープで取得します。**スコープ**を変更しない限り自動的に要求します。'],
  },
];
