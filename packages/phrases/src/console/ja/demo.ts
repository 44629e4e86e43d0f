import type { demo as english } from '../en/demo.ts';

export const demo: Record<keyof typeof english, string> = {
  title: 'デモアプリ',
  intro:
    'この Latchkey でサインインする小さなアプリです。ユーザーに表示される画面と、アプリが受け取る内容を確かめられます。',
  signIn: 'サインイン',
  register: 'アカウントを作成',
  signOut: 'サインアウト',
  working: '少々お待ちください…',
  signedInAs: '{{name}} としてサインイン中',
  idToken: 'ID トークン',
  idTokenHint: 'サインインした人の情報です。アプリは一度検証し、クレームを保持します。',
  userInfo: 'ユーザー情報',
  userInfoHint: 'アクセストークンに対して userinfo エンドポイントが返す内容です。',
  accessToken: 'アクセストークン',
  accessTokenHint: 'API リソースを指定していないため不透明なトークンです。userinfo エンドポイントで使えます。',
  refresh: '新しいアクセストークンを取得',
  refreshed: '新しいアクセストークンが発行されました。',
  copy: 'コピー',
  copied: 'コピーしました',
  claim: 'クレーム',
  value: '値',
  failed: 'うまくいきませんでした: {{reason}}',
  tryAgain: 'もう一度始める',
};
