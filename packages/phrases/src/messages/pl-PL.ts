import type { MessagePhrases } from './index.ts';

export const plPl: MessagePhrases = {
  smsCode: '{{code}} to Twój kod weryfikacyjny.',
  smsLink: 'Otwórz ten link, aby kontynuować: {{link}}',
  codeLabel: 'Twój kod weryfikacyjny',
  linkLabel: 'Dalej',
  linkHint: 'Jeśli przycisk nie działa, skopiuj ten adres do przeglądarki:',
  ignore:
    'Jeśli ta wiadomość nie jest wynikiem Twojej prośby, możesz ją zignorować. Nigdy nikomu nie podawaj kodu ani linku.',
  types: {
    SignIn: { subject: 'Logowanie na Twoje konto', lead: 'Użyj, aby się zalogować.' },
    Register: { subject: 'Potwierdź nowe konto', lead: 'Witamy! Użyj, aby dokończyć tworzenie konta.' },
    ForgotPassword: { subject: 'Zresetuj hasło', lead: 'Użyj, aby ustawić nowe hasło.' },
    OrganizationInvitation: {
      subject: 'Zaproszenie do {{organization.name}}',
      lead: 'Masz zaproszenie do {{organization.name}}.',
    },
    Generic: { subject: 'Twój kod weryfikacyjny', lead: 'Użyj, aby potwierdzić, że to Ty.' },
    UserPermissionValidation: {
      subject: 'Potwierdź, że to Ty',
      lead: 'Użyj, aby kontynuować zmianę na swoim koncie.',
    },
    BindNewIdentifier: { subject: 'Potwierdź nowy kontakt', lead: 'Użyj, aby dodać go do swojego konta.' },
    MfaVerification: { subject: 'Twój kod logowania', lead: 'Użyj jako drugiego kroku logowania.' },
    BindMfa: {
      subject: 'Konfiguracja weryfikacji dwuetapowej',
      lead: 'Użyj, aby włączyć kody weryfikacji dwuetapowej.',
    },
  },
};
