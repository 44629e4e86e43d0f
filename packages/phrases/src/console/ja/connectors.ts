import type { connectors as en } from '../en/connectors.ts';

export const connectors: typeof en = {
  title: 'コネクター',
  lead: 'お使いのアカウントでそのままサインインできるようにします。',
  back: 'コネクター一覧に戻る',
  tabs: { label: 'コネクターの種類', social: 'ソーシャルコネクター' },
  list: {
    add: 'ソーシャルコネクターを追加',
    caption: 'ソーシャルコネクター',
    name: '名前',
    id: 'コネクター ID',
    status: 'サインイン画面',
    inUse: '使用中',
    notInUse: '未使用',
    emptyTitle: 'ソーシャルコネクターはまだありません',
    emptyBody: '追加すると、サインイン画面に「GitLab で続ける」のようなボタンを表示できます。',
  },
  gallery: {
    title: 'ソーシャルコネクターを追加',
    lead: 'サインインに使えるようにするサービスを選んでください。',
    added: '追加済み',
    empty: 'このサーバーで使えるソーシャルコネクターはありません。',
  },
  create: {
    title: ({ name }) => `${name} を接続`,
    lead: ({ name }) => `ガイドに沿って ${name} 側で設定し、表示された値をここに入力してください。`,
    guide: '設定ガイド',
    values: ({ name }) => `${name} に入力する値`,
    valuesLead: 'この値は確定しているので、フォームを保存する前に登録できます。',
    settings: 'コネクターの設定',
    save: '保存して完了',
    saved: ({ name }) => `${name} を接続しました。ボタンを表示するには、サインイン画面に追加してください。`,
    alreadyAddedTitle: ({ name }) => `${name} はすでに接続されています`,
    alreadyAddedBody:
      'この種類のコネクターは 1 つだけ作成できます。設定を変更するには、既存のコネクターを開いてください。',
    openExisting: 'コネクターを開く',
    unknownTitle: 'この種類のコネクターはありません',
    unknownBody: 'アドレスに指定されたコネクターの種類は、このサーバーにありません。',
  },
  fields: {
    id: 'コネクター ID',
    redirectUri: 'リダイレクト URI',
    redirectUriHint: 'サービス側でサインインした後、利用者はこのアドレスに戻ります。',
    syncProfile: 'サインインのたびにプロフィールを更新する',
    syncProfileHint: 'オン：名前とアバターをソーシャルアカウントに合わせます。オフ：登録時に一度だけコピーします。',
    select: '選択してください',
    reveal: ({ label }) => `${label}を表示`,
    conceal: ({ label }) => `${label}を隠す`,
  },
  problems: {
    json: 'JSON の形式が正しくありません。',
    number: '数値を入力してください。',
    refused: ({ reason }) => `サーバーがこの値を受け付けませんでした（${reason}）。`,
    refusedPlainly: 'サーバーがこの値を受け付けませんでした。',
  },
  details: {
    inUse: 'サインイン画面で使用中',
    notInUse: 'サインイン画面では未使用',
    addToSignIn: 'サインイン体験の設定へ',
    identity: '識別情報',
    settings: '設定',
    guide: '設定ガイド',
    profile: 'プロフィール',
    delete: 'コネクターを削除',
    menu: 'その他の操作',
    deleted: ({ name }) => `${name} を削除しました。`,
    deleteTitle: ({ name }) => `${name} を削除しますか？`,
    deleteBody: '設定とシークレットは完全に削除され、このコネクターではサインインできなくなります。',
    deleteInUse: ({ name }) =>
      `${name} はサインイン画面で使用中です。ボタンはすぐに表示されなくなり、パスワードなど他の方法がない利用者はサインインできなくなります。`,
    deleteConfirm: '削除',
    missingTitle: 'このコネクターはありません',
    missingBody: 'すでに削除された可能性があります。',
  },
  guides: {
    'gitlab-universal': [
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
          '**Scopes**（スコープ）：`openid`、`profile`、`email` にチェックを入れます。',
        ],
      },
      {
        title: '認証情報をコピーする',
        body: [
          'アプリケーションを保存すると、**Application ID** と **Secret** が表示されます。',
          '両方をフォームに貼り付けます。Secret が表示されるのは一度だけですが、**Renew secret** で作り直せます。',
        ],
      },
      {
        title: '保存してボタンを表示する',
        body: [
          '**保存して完了**を押します。',
          '次に、「サインイン体験」→「登録とサインイン」の**ソーシャルサインイン**に GitLab を追加します。',
        ],
      },
    ],
  },
};
