import type { MessagePhrases } from './index.ts';

export const de: MessagePhrases = {
  smsCode: '{{code}} ist Ihr Bestätigungscode.',
  smsLink: 'Öffnen Sie diesen Link, um fortzufahren: {{link}}',
  codeLabel: 'Ihr Bestätigungscode',
  linkLabel: 'Weiter',
  linkHint: 'Falls die Schaltfläche nicht funktioniert, kopieren Sie diese Adresse in Ihren Browser:',
  ignore:
    'Falls Sie diese Nachricht nicht angefordert haben, können Sie sie ignorieren. Geben Sie den Code oder Link niemals weiter.',
  types: {
    SignIn: { subject: 'Anmeldung bei Ihrem Konto', lead: 'Hiermit melden Sie sich an.' },
    Register: {
      subject: 'Bestätigen Sie Ihr neues Konto',
      lead: 'Willkommen! Hiermit schließen Sie die Erstellung Ihres Kontos ab.',
    },
    ForgotPassword: { subject: 'Passwort zurücksetzen', lead: 'Hiermit wählen Sie ein neues Passwort.' },
    OrganizationInvitation: {
      subject: 'Einladung zu {{organization.name}}',
      lead: 'Sie wurden zu {{organization.name}} eingeladen.',
    },
    Generic: { subject: 'Ihr Bestätigungscode', lead: 'Hiermit bestätigen Sie, dass Sie es sind.' },
    UserPermissionValidation: {
      subject: 'Bestätigen Sie Ihre Identität',
      lead: 'Hiermit setzen Sie eine Änderung an Ihrem Konto fort.',
    },
    BindNewIdentifier: {
      subject: 'Bestätigen Sie Ihren neuen Kontakt',
      lead: 'Hiermit fügen Sie ihn Ihrem Konto hinzu.',
    },
    MfaVerification: { subject: 'Ihr Anmeldecode', lead: 'Das ist der zweite Schritt Ihrer Anmeldung.' },
    BindMfa: {
      subject: 'Bestätigung in zwei Schritten einrichten',
      lead: 'Hiermit schalten Sie Codes für die Bestätigung in zwei Schritten ein.',
    },
  },
};
