import type { GatePhrases } from './index.ts';

export const ja: GatePhrases = {
  deniedTitle: 'このアプリを開けません',
  deniedLead:
    'サインインしていますが、このアプリへのアクセスは許可されていません。管理者に連絡するか、別のアカウントをお使いください。',
  failedTitle: 'サインインできませんでした',
  failedLead: '時間が経過したか、キャンセルされたか、別のブラウザーで開始されました。変更は何も行われていません。',
  unreachableTitle: 'アプリが応答しません',
  unreachableLead: 'アプリに接続できませんでした。しばらくしてからもう一度お試しください。',
  brokenTitle: '問題が発生しました',
  brokenLead: 'リクエストに応答できませんでした。しばらくしてからもう一度お試しください。',
  again: 'もう一度試す',
  signOut: 'サインアウト',
};
