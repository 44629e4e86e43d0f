import type { MessagePhrases } from './index.ts';

export const ptPt: MessagePhrases = {
  smsCode: '{{code}} é o seu código de verificação.',
  smsLink: 'Abra esta ligação para continuar: {{link}}',
  codeLabel: 'O seu código de verificação',
  linkLabel: 'Continuar',
  linkHint: 'Se o botão não funcionar, copie este endereço para o navegador:',
  ignore: 'Se não pediu esta mensagem, pode ignorá-la. Nunca comunique o código ou a ligação a ninguém.',
  types: {
    SignIn: { subject: 'Início de sessão na sua conta', lead: 'Utilize para iniciar sessão.' },
    Register: {
      subject: 'Confirme a sua nova conta',
      lead: 'Damos-lhe as boas-vindas! Utilize para concluir a criação da sua conta.',
    },
    ForgotPassword: { subject: 'Repor a palavra-passe', lead: 'Utilize para escolher uma nova palavra-passe.' },
    OrganizationInvitation: {
      subject: 'Convite para {{organization.name}}',
      lead: 'Recebeu um convite para aderir a {{organization.name}}.',
    },
    Generic: { subject: 'O seu código de verificação', lead: 'Utilize para confirmar a sua identidade.' },
    UserPermissionValidation: {
      subject: 'Confirme a sua identidade',
      lead: 'Utilize para continuar uma alteração na sua conta.',
    },
    BindNewIdentifier: { subject: 'Confirme o seu novo contacto', lead: 'Utilize para o adicionar à sua conta.' },
    MfaVerification: {
      subject: 'O seu código de início de sessão',
      lead: 'Utilize como segundo passo do início de sessão.',
    },
    BindMfa: {
      subject: 'Configurar a verificação em dois passos',
      lead: 'Utilize para ativar os códigos da verificação em dois passos.',
    },
  },
};
