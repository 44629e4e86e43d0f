import type { MessagePhrases } from './index.ts';

export const ja: MessagePhrases = {
  smsCode: '確認コード：{{code}}',
  smsLink: '次のリンクを開いて手続きを続けてください：{{link}}',
  codeLabel: '確認コード',
  linkLabel: '続ける',
  linkHint: 'ボタンが機能しない場合は、次のアドレスをブラウザーに貼り付けてください。',
  ignore: 'お心当たりがない場合は、このメッセージを破棄してください。コードやリンクは誰にも教えないでください。',
  types: {
    SignIn: { subject: 'サインインの確認', lead: 'サインインするには、こちらをご利用ください。' },
    Register: {
      subject: 'アカウント登録の確認',
      lead: 'ご登録ありがとうございます。登録を完了するには、こちらをご利用ください。',
    },
    ForgotPassword: {
      subject: 'パスワードの再設定',
      lead: '新しいパスワードを設定するには、こちらをご利用ください。',
    },
    OrganizationInvitation: {
      subject: '{{organization.name}} への招待',
      lead: '{{organization.name}} に招待されました。',
    },
    Generic: { subject: '確認コードのお知らせ', lead: 'ご本人の確認のため、こちらをご利用ください。' },
    UserPermissionValidation: {
      subject: 'ご本人の確認',
      lead: 'アカウントの変更を続けるには、こちらをご利用ください。',
    },
    BindNewIdentifier: {
      subject: '新しい連絡先の確認',
      lead: 'アカウントに追加するには、こちらをご利用ください。',
    },
    MfaVerification: {
      subject: '2 段階認証のコード',
      lead: '2 段階認証でサインインするには、こちらをご利用ください。',
    },
    BindMfa: {
      subject: '2 段階認証の設定',
      lead: 'コードによる 2 段階認証を設定するには、こちらをご利用ください。',
    },
  },
};
