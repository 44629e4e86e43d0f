import type { ConnectorGuide } from '../../connector-guides.ts';

export const guide: ConnectorGuide = [
  {
    title: 'サービスを用意する',
    body: [
      '`to`・`type`・`payload` を持つ JSON の POST リクエストを受け取り、受け付けたら 2xx を返すサービスを用意します。',
      '`type` は `SignIn` などの用途です。`payload` には `code` または `link`、`locale`、ユーザーやアプリケーションの情報が入ります。',
    ],
  },
  {
    title: 'サービスを保護する',
    body: ['長いランダムな値を **Authorization ヘッダー** に入力し、この値のないリクエストをサービス側で拒否します。'],
  },
];
