import type { ConnectorGuide } from '../../connector-guides.ts';

export const guide: ConnectorGuide = [
  {
    title: 'アカウントの認証情報をコピーする',
    body: ['Twilio Console の最初のページの **Account Info** に、**Account SID** と **Auth Token** が表示されます。'],
  },
  {
    title: 'Messaging Service を作成する',
    body: [
      '**Messaging** → **Services** で **Create Messaging Service** を選び、**Sender Pool** に番号または送信者 ID を追加します。',
      '`MG` で始まる SID をコピーします。',
    ],
  },
  {
    title: '送信先の国を許可する',
    body: ['**Messaging** → **Settings** → **Geo permissions** で、ユーザーのいる国にチェックを入れます。'],
  },
];
