import type { MessagePhrases } from './index.ts';

export const zhCn: MessagePhrases = {
  smsCode: '{{code}} 是您的验证码。',
  smsLink: '请打开此链接继续：{{link}}',
  codeLabel: '您的验证码',
  linkLabel: '继续',
  linkHint: '如果按钮无法使用，请将以下地址复制到浏览器中：',
  ignore: '如果这不是您本人的请求，请忽略此消息。切勿将验证码或链接告诉任何人。',
  types: {
    SignIn: { subject: '登录您的账号', lead: '请使用以下内容登录。' },
    Register: { subject: '确认您的新账号', lead: '欢迎！请使用以下内容完成账号创建。' },
    ForgotPassword: { subject: '重置密码', lead: '请使用以下内容设置新密码。' },
    OrganizationInvitation: {
      subject: '邀请您加入 {{organization.name}}',
      lead: '您受邀加入 {{organization.name}}。',
    },
    Generic: { subject: '您的验证码', lead: '请使用以下内容确认是您本人。' },
    UserPermissionValidation: {
      subject: '请确认是您本人',
      lead: '请使用以下内容继续更改您的账号。',
    },
    BindNewIdentifier: { subject: '确认新的联系方式', lead: '请使用以下内容将其添加到您的账号。' },
    MfaVerification: { subject: '您的登录验证码', lead: '请使用以下内容完成登录的第二步验证。' },
    BindMfa: { subject: '设置两步验证', lead: '请使用以下内容开启两步验证的验证码。' },
  },
};
