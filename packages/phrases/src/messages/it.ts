import type { MessagePhrases } from './index.ts';

export const it: MessagePhrases = {
  smsCode: '{{code}} è il tuo codice di verifica.',
  smsLink: 'Apri questo link per continuare: {{link}}',
  codeLabel: 'Il tuo codice di verifica',
  linkLabel: 'Continua',
  linkHint: 'Se il pulsante non funziona, copia questo indirizzo nel browser:',
  ignore: 'Se non hai richiesto questo messaggio, puoi ignorarlo. Non comunicare mai a nessuno il codice o il link.',
  types: {
    SignIn: { subject: 'Accesso al tuo account', lead: 'Usalo per accedere.' },
    Register: {
      subject: 'Conferma il tuo nuovo account',
      lead: 'Benvenuto! Usalo per completare la creazione dell’account.',
    },
    ForgotPassword: { subject: 'Reimposta la password', lead: 'Usalo per scegliere una nuova password.' },
    OrganizationInvitation: {
      subject: 'Invito a {{organization.name}}',
      lead: 'Hai ricevuto un invito a unirti a {{organization.name}}.',
    },
    Generic: { subject: 'Il tuo codice di verifica', lead: 'Usalo per confermare la tua identità.' },
    UserPermissionValidation: {
      subject: 'Conferma la tua identità',
      lead: 'Usalo per proseguire con una modifica al tuo account.',
    },
    BindNewIdentifier: {
      subject: 'Conferma il nuovo contatto',
      lead: 'Usalo per aggiungere il contatto al tuo account.',
    },
    MfaVerification: { subject: 'Il tuo codice di accesso', lead: 'Usalo come secondo passaggio dell’accesso.' },
    BindMfa: {
      subject: 'Configura la verifica in due passaggi',
      lead: 'Usalo per attivare i codici della verifica in due passaggi.',
    },
  },
};
