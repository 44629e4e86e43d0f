import type { MessagePhrases } from './index.ts';

export const trTr: MessagePhrases = {
  smsCode: '{{code}} doğrulama kodunuzdur.',
  smsLink: 'Devam etmek için bu bağlantıyı açın: {{link}}',
  codeLabel: 'Doğrulama kodunuz',
  linkLabel: 'Devam et',
  linkHint: 'Düğme çalışmıyorsa bu adresi tarayıcınıza kopyalayın:',
  ignore: 'Bunu siz istemediyseniz bu mesajı yok sayabilirsiniz. Kodu veya bağlantıyı asla kimseyle paylaşmayın.',
  types: {
    SignIn: { subject: 'Hesabınızda oturum açın', lead: 'Oturum açmak için bunu kullanın.' },
    Register: { subject: 'Yeni hesabınızı onaylayın', lead: 'Hoş geldiniz! Hesabınızı tamamlamak için bunu kullanın.' },
    ForgotPassword: { subject: 'Parolanızı sıfırlayın', lead: 'Yeni bir parola belirlemek için bunu kullanın.' },
    OrganizationInvitation: {
      subject: '{{organization.name}} daveti',
      lead: '{{organization.name}} kuruluşuna davet edildiniz.',
    },
    Generic: { subject: 'Doğrulama kodunuz', lead: 'Siz olduğunuzu doğrulamak için bunu kullanın.' },
    UserPermissionValidation: {
      subject: 'Siz olduğunuzu doğrulayın',
      lead: 'Hesabınızdaki bir değişikliğe devam etmek için bunu kullanın.',
    },
    BindNewIdentifier: { subject: 'Yeni iletişim bilginizi onaylayın', lead: 'Hesabınıza eklemek için bunu kullanın.' },
    MfaVerification: { subject: 'Oturum açma kodunuz', lead: 'Oturum açmanın ikinci adımı olarak bunu kullanın.' },
    BindMfa: {
      subject: 'İki adımlı doğrulamayı ayarlayın',
      lead: 'İki adımlı doğrulama kodlarını açmak için bunu kullanın.',
    },
  },
};
