import type { MessagePhrases } from './index.ts';

export const faIr: MessagePhrases = {
  smsCode: '{{code}} کد تأیید شماست.',
  smsLink: 'برای ادامه این پیوند را باز کنید: {{link}}',
  codeLabel: 'کد تأیید شما',
  linkLabel: 'ادامه',
  linkHint: 'اگر دکمه کار نمی‌کند، این نشانی را در مرورگر خود کپی کنید:',
  ignore: 'اگر شما این پیام را درخواست نکرده‌اید، می‌توانید آن را نادیده بگیرید. کد یا پیوند را هرگز به کسی ندهید.',
  types: {
    SignIn: { subject: 'ورود به حساب شما', lead: 'برای ورود از این استفاده کنید.' },
    Register: { subject: 'تأیید حساب جدید', lead: 'خوش آمدید! برای تکمیل ساخت حساب از این استفاده کنید.' },
    ForgotPassword: { subject: 'بازنشانی رمز عبور', lead: 'برای انتخاب رمز عبور جدید از این استفاده کنید.' },
    OrganizationInvitation: {
      subject: 'دعوت به {{organization.name}}',
      lead: 'شما به {{organization.name}} دعوت شده‌اید.',
    },
    Generic: { subject: 'کد تأیید شما', lead: 'برای تأیید هویت خود از این استفاده کنید.' },
    UserPermissionValidation: {
      subject: 'هویت خود را تأیید کنید',
      lead: 'برای ادامهٔ تغییر در حساب خود از این استفاده کنید.',
    },
    BindNewIdentifier: { subject: 'تأیید راه ارتباطی جدید', lead: 'برای افزودن آن به حساب خود از این استفاده کنید.' },
    MfaVerification: { subject: 'کد ورود شما', lead: 'برای مرحلهٔ دوم ورود از این استفاده کنید.' },
    BindMfa: { subject: 'تنظیم تأیید دومرحله‌ای', lead: 'برای روشن کردن کدهای تأیید دومرحله‌ای از این استفاده کنید.' },
  },
};
