import type { ConnectorGuide } from '../../connector-guides.ts';

export const guide: ConnectorGuide = [
  {
    title: 'アクセスキーを作成する',
    body: [
      'MessageBird のダッシュボード（dashboard.messagebird.com）で **Developers** → **API access (REST)** を開き、**Add access key** で live モードのキーを作成します。',
      'Bird の新しい管理画面（app.bird.com）のキーは別の API のもので、使用できません。',
    ],
  },
  {
    title: '送信元を決める',
    body: [
      '**送信元** には 11 文字以内の名前を入力します。名前を使えない国では **Numbers** で取得した番号を入力します。',
    ],
  },
  {
    title: 'フォームに入力する',
    body: ['キーを貼り付け、手元の電話にテスト送信します。'],
  },
];
