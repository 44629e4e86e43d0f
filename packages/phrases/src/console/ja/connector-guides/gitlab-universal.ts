import type { ConnectorGuide } from '../../connector-guides.ts';

export const guide: ConnectorGuide = [
  {
    title: 'GitLab のアプリケーション設定を開く',
    body: [
      'GitLab にサインインし、アバターのメニューから **Edit profile**（プロフィールの編集）を選んで、ユーザー設定を開きます。',
      '左のサイドバーで **Applications**（アプリケーション）を選び、**Add new application**（新しいアプリケーションを追加）を押します。',
      '自社で運用する GitLab では、管理者が **Admin**（管理者）エリアの **Applications** で登録することもできます。その際 **Trusted**（信頼済み）にすると、同意画面が省略されます。',
    ],
  },
  {
    title: 'アプリケーションの内容を入力する',
    body: [
      '**Name**（名前）：GitLab の同意画面に表示されます。製品名などを入力します。',
      '**Redirect URI**（リダイレクト URI）：このページに表示されている値を、そのまま貼り付けます。',
      '**Confidential** はチェックしたままにします。',
      '**Scopes**（スコープ）：`openid` と `email` にチェックを入れます。',
    ],
  },
  {
    title: '認証情報をコピーする',
    body: [
      'アプリケーションを保存すると、**Application ID** と **Secret** が表示されます。',
      '両方をフォームに貼り付けます。Secret が表示されるのは一度だけですが、**Renew secret** で作り直せます。',
    ],
  },
];
