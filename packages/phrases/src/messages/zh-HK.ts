import type { MessagePhrases } from './index.ts';

export const zhHk: MessagePhrases = {
  smsCode: '{{code}} 是你的驗證碼。',
  smsLink: '請開啟此連結以繼續：{{link}}',
  codeLabel: '你的驗證碼',
  linkLabel: '繼續',
  linkHint: '如按鈕無法使用，請將以下網址複製到瀏覽器：',
  ignore: '如非你本人要求，請忽略此訊息。切勿將驗證碼或連結告訴任何人。',
  types: {
    SignIn: { subject: '登入你的帳戶', lead: '請使用以下內容登入。' },
    Register: { subject: '確認你的新帳戶', lead: '歡迎！請使用以下內容完成建立帳戶。' },
    ForgotPassword: { subject: '重設密碼', lead: '請使用以下內容設定新密碼。' },
    OrganizationInvitation: {
      subject: '邀請你加入 {{organization.name}}',
      lead: '你獲邀加入 {{organization.name}}。',
    },
    Generic: { subject: '你的驗證碼', lead: '請使用以下內容確認是你本人。' },
    UserPermissionValidation: {
      subject: '請確認是你本人',
      lead: '請使用以下內容繼續更改你的帳戶。',
    },
    BindNewIdentifier: { subject: '確認新的聯絡方式', lead: '請使用以下內容將其加入你的帳戶。' },
    MfaVerification: { subject: '你的登入驗證碼', lead: '請使用以下內容完成登入的第二步驗證。' },
    BindMfa: { subject: '設定雙重驗證', lead: '請使用以下內容啟用雙重驗證的驗證碼。' },
  },
};
