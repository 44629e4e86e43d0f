import type { MessagePhrases } from './index.ts';

export const fr: MessagePhrases = {
  smsCode: '{{code}} est votre code de vérification.',
  smsLink: 'Ouvrez ce lien pour continuer : {{link}}',
  codeLabel: 'Votre code de vérification',
  linkLabel: 'Continuer',
  linkHint: 'Si le bouton ne fonctionne pas, copiez cette adresse dans votre navigateur :',
  ignore:
    'Si vous n’êtes pas à l’origine de cette demande, ignorez ce message. Ne communiquez jamais le code ou le lien.',
  types: {
    SignIn: { subject: 'Connexion à votre compte', lead: 'Utilisez-le pour vous connecter.' },
    Register: {
      subject: 'Confirmez votre nouveau compte',
      lead: 'Bienvenue ! Utilisez-le pour terminer la création de votre compte.',
    },
    ForgotPassword: {
      subject: 'Réinitialisez votre mot de passe',
      lead: 'Utilisez-le pour choisir un nouveau mot de passe.',
    },
    OrganizationInvitation: {
      subject: 'Invitation à rejoindre {{organization.name}}',
      lead: 'Vous êtes invité à rejoindre {{organization.name}}.',
    },
    Generic: { subject: 'Votre code de vérification', lead: 'Utilisez-le pour confirmer votre identité.' },
    UserPermissionValidation: {
      subject: 'Confirmez votre identité',
      lead: 'Utilisez-le pour poursuivre une modification de votre compte.',
    },
    BindNewIdentifier: {
      subject: 'Confirmez votre nouvelle coordonnée',
      lead: 'Utilisez-le pour l’ajouter à votre compte.',
    },
    MfaVerification: { subject: 'Votre code de connexion', lead: 'Utilisez-le comme seconde étape de la connexion.' },
    BindMfa: {
      subject: 'Configurez la validation en deux étapes',
      lead: 'Utilisez-le pour activer les codes de la validation en deux étapes.',
    },
  },
};
