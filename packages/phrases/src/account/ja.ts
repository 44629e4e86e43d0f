import type { AccountPhrases } from './index.ts';

export const ja: AccountPhrases = {
  account: {
    title: 'アカウント',
    navigation: 'アカウントの項目',
    signOut: 'サインアウト',
    backTo: '「{{section}}」に戻る',
    backToApplication: '{{application}} に戻る',
    notSet: '未設定',
    change: '変更',
    save: '保存',
    saving: '保存しています…',
  },
  sections: {
    profile: 'プロフィール',
  },
  notices: {
    name: '名前を保存しました。',
    username: 'ユーザー名を変更しました。',
    avatar: '画像を保存しました。',
    'avatar-removed': '画像を削除しました。',
    profile: 'プロフィールを保存しました。',
  },
  profile: {
    text: 'ここで使う名前と、ほかの人に表示される情報です。',
    name: '名前',
    username: 'ユーザー名',
    picture: '画像',
    choosePicture: '画像を選択',
    pictureHint: 'PNG、JPEG、GIF、WebP に対応しています。正方形の画像がきれいに表示されます。',
    upload: '画像を保存',
    removePicture: '画像を削除',
    about: 'あなたについて',
    edit: '編集',
    yes: 'はい',
    no: 'いいえ',
  },
  name: { title: '名前', label: '名前', hint: 'ほかの人に表示される名前です。' },
  username: { title: 'ユーザー名', label: 'ユーザー名', hint: 'サインインに使えます。' },
  answers: { title: 'あなたについて' },
  verify: {
    title: 'ご本人の確認',
    text: '続ける前に、ご自身のアカウントであることを確認します。確認は 10 分間有効です。',
    nothing: '確認に使えるパスワード、メールアドレス、電話番号がまだ登録されていません。',
    submit: '続ける',
    submitting: '確認しています…',
    byCode: 'または確認コードを受け取る',
    sendEmail: 'メールでコードを受け取る',
    sendPhone: '電話番号でコードを受け取る',
    sent: '{{recipient}} に 6 桁のコードを送信しました。',
    otherWay: '別の方法で確認する',
  },
  off: {
    title: '変更できる項目はありません',
    text: 'このサービスでは、アカウントの設定が公開されていません。アカウントの変更が必要なときは、サービスの運営者にお問い合わせください。',
  },
  done: { title: '完了しました', text: '元のアプリに戻れます。', submit: '戻る' },
  signedOut: {
    title: 'サインアウトしました',
    text: 'このブラウザーを使うほかの人は、あなたのアカウントを開けません。',
    signIn: 'もう一度サインイン',
  },
  problem: {
    title: '処理できませんでした',
    again: 'アカウントに戻る',
    codes: {
      unknown: '問題が発生しました。もう一度お試しください。解決しないときは、サービスの運営者にお知らせください。',
      'session.not_found':
        'このサインインは終了しているか、別のブラウザーで始められたものです。最初からやり直してください。',
      'session.csrf_token_mismatch':
        'このフォームはご自身のページから送信されたものではないか、ページを開いてから時間が経ちすぎています。',
      'account_center.redirect_not_allowed':
        'このリンクの戻り先は、このサービスのどのアプリにも登録されていないアドレスです。',
      'account_center.field_not_enabled': 'この項目は利用できません。',
      'account_center.field_not_editable': 'この項目は表示のみで、変更できません。',
      'entity.not_found': 'お探しの項目は、もうありません。',
    },
  },
  errors: {
    'guard.file_size_exceeded': 'この画像は大きすぎます。',
  },
};
