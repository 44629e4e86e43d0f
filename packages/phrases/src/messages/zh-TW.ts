import type { MessagePhrases } from './index.ts';

export const zhTw: MessagePhrases = {
  smsCode: '{{code}} 是您的驗證碼。',
  smsLink: '請開啟此連結以繼續：{{link}}',
  codeLabel: '您的驗證碼',
  linkLabel: '繼續',
  linkHint: '如果按鈕無法使用，請將以下網址複製到瀏覽器：',
  ignore: '如果這不是您本人的要求，請忽略此訊息。切勿將驗證碼或連結告訴任何人。',
  types: {
    SignIn: { subject: '登入您的帳號', lead: '請使用以下內容登入。' },
    Register: { subject: '確認您的新帳號', lead: '歡迎！請使用以下內容完成帳號建立。' },
    ForgotPassword: { subject: '重設密碼', lead: '請使用以下內容設定新密碼。' },
    OrganizationInvitation: {
      subject: '邀請您加入 {{organization.name}}',
      lead: '您受邀加入 {{organization.name}}。',
    },
    Generic: { subject: '您的驗證碼', lead: '請使用以下內容確認是您本人。' },
    UserPermissionValidation: {
      subject: '請確認是您本人',
      lead: '請使用以下內容繼續變更您的帳號。',
    },
    BindNewIdentifier: { subject: '確認新的聯絡方式', lead: '請使用以下內容將其加入您的帳號。' },
    MfaVerification: { subject: '您的登入驗證碼', lead: '請使用以下內容完成登入的第二步驗證。' },
    BindMfa: { subject: '設定兩步驟驗證', lead: '請使用以下內容啟用兩步驟驗證的驗證碼。' },
  },
};
