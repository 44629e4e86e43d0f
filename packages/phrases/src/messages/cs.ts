import type { MessagePhrases } from './index.ts';

export const cs: MessagePhrases = {
  smsCode: '{{code}} je váš ověřovací kód.',
  smsLink: 'Pokračujte otevřením tohoto odkazu: {{link}}',
  codeLabel: 'Váš ověřovací kód',
  linkLabel: 'Pokračovat',
  linkHint: 'Pokud tlačítko nefunguje, zkopírujte tuto adresu do prohlížeče:',
  ignore: 'Pokud jste o tuto zprávu nežádali, můžete ji ignorovat. Kód ani odkaz nikomu nesdělujte.',
  types: {
    SignIn: { subject: 'Přihlášení k účtu', lead: 'Použijte k přihlášení.' },
    Register: { subject: 'Potvrďte svůj nový účet', lead: 'Vítejte! Použijte k dokončení svého účtu.' },
    ForgotPassword: { subject: 'Obnovení hesla', lead: 'Použijte ke zvolení nového hesla.' },
    OrganizationInvitation: {
      subject: 'Pozvánka do {{organization.name}}',
      lead: 'Byli jste pozváni do {{organization.name}}.',
    },
    Generic: { subject: 'Váš ověřovací kód', lead: 'Použijte k potvrzení, že jste to vy.' },
    UserPermissionValidation: {
      subject: 'Potvrďte, že jste to vy',
      lead: 'Použijte k pokračování ve změně svého účtu.',
    },
    BindNewIdentifier: { subject: 'Potvrďte nový kontakt', lead: 'Použijte k přidání kontaktu k účtu.' },
    MfaVerification: { subject: 'Váš přihlašovací kód', lead: 'Použijte jako druhý krok přihlášení.' },
    BindMfa: { subject: 'Nastavení dvoufázového ověření', lead: 'Použijte k zapnutí kódů pro dvoufázové ověření.' },
  },
};
