import type { MessagePhrases } from './index.ts';

export const ptBr: MessagePhrases = {
  smsCode: '{{code}} é o seu código de verificação.',
  smsLink: 'Abra este link para continuar: {{link}}',
  codeLabel: 'Seu código de verificação',
  linkLabel: 'Continuar',
  linkHint: 'Se o botão não funcionar, copie este endereço no navegador:',
  ignore: 'Se você não pediu esta mensagem, pode ignorá-la. Nunca informe o código ou o link a ninguém.',
  types: {
    SignIn: { subject: 'Entrar na sua conta', lead: 'Use para entrar na sua conta.' },
    Register: { subject: 'Confirme sua nova conta', lead: 'Boas-vindas! Use para concluir a criação da sua conta.' },
    ForgotPassword: { subject: 'Redefina sua senha', lead: 'Use para escolher uma nova senha.' },
    OrganizationInvitation: {
      subject: 'Convite para {{organization.name}}',
      lead: 'Você recebeu um convite para participar de {{organization.name}}.',
    },
    Generic: { subject: 'Seu código de verificação', lead: 'Use para confirmar que é você.' },
    UserPermissionValidation: {
      subject: 'Confirme que é você',
      lead: 'Use para continuar uma alteração na sua conta.',
    },
    BindNewIdentifier: { subject: 'Confirme seu novo contato', lead: 'Use para adicioná-lo à sua conta.' },
    MfaVerification: { subject: 'Seu código de acesso', lead: 'Use como segunda etapa para entrar na sua conta.' },
    BindMfa: {
      subject: 'Configure a verificação em duas etapas',
      lead: 'Use para ativar os códigos da verificação em duas etapas.',
    },
  },
};
