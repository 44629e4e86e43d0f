import type { MessagePhrases } from './index.ts';

export const ar: MessagePhrases = {
  smsCode: '{{code}} هو رمز التحقق الخاص بك.',
  smsLink: 'افتح هذا الرابط للمتابعة: {{link}}',
  codeLabel: 'رمز التحقق الخاص بك',
  linkLabel: 'متابعة',
  linkHint: 'إذا لم يعمل الزر، فانسخ هذا العنوان إلى المتصفح:',
  ignore: 'إذا لم تطلب هذه الرسالة فيمكنك تجاهلها. لا تُعطِ الرمز أو الرابط لأي شخص.',
  types: {
    SignIn: { subject: 'تسجيل الدخول إلى حسابك', lead: 'استخدم ما يلي لتسجيل الدخول.' },
    Register: { subject: 'تأكيد حسابك الجديد', lead: 'أهلًا بك! استخدم ما يلي لإكمال إنشاء حسابك.' },
    ForgotPassword: { subject: 'إعادة تعيين كلمة المرور', lead: 'استخدم ما يلي لاختيار كلمة مرور جديدة.' },
    OrganizationInvitation: {
      subject: 'دعوة للانضمام إلى {{organization.name}}',
      lead: 'لقد دُعيت للانضمام إلى {{organization.name}}.',
    },
    Generic: { subject: 'رمز التحقق الخاص بك', lead: 'استخدم ما يلي لتأكيد هويتك.' },
    UserPermissionValidation: {
      subject: 'تأكيد هويتك',
      lead: 'استخدم ما يلي لمتابعة تغيير في حسابك.',
    },
    BindNewIdentifier: { subject: 'تأكيد وسيلة الاتصال الجديدة', lead: 'استخدم ما يلي لإضافتها إلى حسابك.' },
    MfaVerification: { subject: 'رمز تسجيل الدخول', lead: 'استخدم ما يلي كخطوة ثانية لتسجيل الدخول.' },
    BindMfa: { subject: 'إعداد التحقق بخطوتين', lead: 'استخدم ما يلي لتفعيل رموز التحقق بخطوتين.' },
  },
};
