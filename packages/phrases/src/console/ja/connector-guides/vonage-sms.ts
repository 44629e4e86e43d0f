import type { ConnectorGuide } from '../../connector-guides.ts';

export const guide: ConnectorGuide = [
  {
    title: '認証情報をコピーする',
    body: [
      'Vonage ダッシュボードで **Settings → API Settings** を開き、**API key** と **API secret** をコピーします。',
    ],
  },
  {
    title: '送信元を決める',
    body: [
      '名前を使える国では **送信元** にブランド名を入力します。米国などでは **Numbers** で番号を取得して入力します。',
    ],
  },
  {
    title: '署名の設定を確認する',
    body: [
      '**API Settings** で署名付きリクエストが必須になっている場合は解除します。必須のままでは送信が拒否されます。',
    ],
  },
];
