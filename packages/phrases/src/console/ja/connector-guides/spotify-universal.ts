import type { ConnectorGuide } from '../../connector-guides.ts';

export const guide: ConnectorGuide = [
  {
    title: 'アプリを作成する',
    body: [
      '**Spotify for Developers** のダッシュボードで **Create app** を選びます。使用する API は **Web API** にチェックを入れます。',
      '**Redirect URIs** にこのページのリダイレクト URI を追加します。`http` が使えるのは `127.0.0.1` だけです。',
    ],
  },
  {
    title: '認証情報をコピーする',
    body: [
      '**Settings** を開き、**Client ID** と、**View client secret** で表示されるシークレットをコピーします。',
      'メールアドレスは `user-read-email` スコープで取得します。確認済みかどうかは示されません。',
    ],
  },
  {
    title: '利用者を広げる',
    body: [
      '**development mode** では、アプリの所有者に Spotify Premium が必要です。サインインできるのは **Settings → User Management** に登録した人（最大 5 人）だけです。',
      '全員に開放するには **extended quota mode** を申請します。Spotify が認めるのは、実績のある企業に限られます。',
    ],
  },
];
