import type { MessagePhrases } from './index.ts';

export const es: MessagePhrases = {
  smsCode: '{{code}} es su código de verificación.',
  smsLink: 'Abra este enlace para continuar: {{link}}',
  codeLabel: 'Su código de verificación',
  linkLabel: 'Continuar',
  linkHint: 'Si el botón no funciona, copie esta dirección en su navegador:',
  ignore: 'Si no ha solicitado este mensaje, puede ignorarlo. No comparta nunca el código ni el enlace.',
  types: {
    SignIn: { subject: 'Inicio de sesión en su cuenta', lead: 'Úselo para iniciar sesión.' },
    Register: {
      subject: 'Confirme su nueva cuenta',
      lead: '¡Le damos la bienvenida! Úselo para terminar de crear su cuenta.',
    },
    ForgotPassword: { subject: 'Restablezca su contraseña', lead: 'Úselo para elegir una contraseña nueva.' },
    OrganizationInvitation: {
      subject: 'Invitación a {{organization.name}}',
      lead: 'Ha recibido una invitación para unirse a {{organization.name}}.',
    },
    Generic: { subject: 'Su código de verificación', lead: 'Úselo para confirmar su identidad.' },
    UserPermissionValidation: {
      subject: 'Confirme su identidad',
      lead: 'Úselo para continuar con un cambio en su cuenta.',
    },
    BindNewIdentifier: { subject: 'Confirme su nuevo contacto', lead: 'Úselo para añadirlo a su cuenta.' },
    MfaVerification: { subject: 'Su código de inicio de sesión', lead: 'Úselo como segundo paso para iniciar sesión.' },
    BindMfa: {
      subject: 'Configure la verificación en dos pasos',
      lead: 'Úselo para activar los códigos de la verificación en dos pasos.',
    },
  },
};
