/** What a message is for. `{{…}}` are the variables of its template. */
export const en = {
  /** Read aloud and cut short by phones, so the code comes first. */
  smsCode: '{{code}} is your verification code.',
  smsLink: 'Open this link to continue: {{link}}',
  codeLabel: 'Your verification code',
  linkLabel: 'Continue',
  linkHint: 'If the button does not work, copy this address into your browser:',
  ignore: 'If you did not ask for this, you can ignore this message. Never give the code or link to anybody.',
  types: {
    SignIn: { subject: 'Sign in to your account', lead: 'Use this to sign in.' },
    Register: { subject: 'Confirm your new account', lead: 'Welcome! Use this to finish creating your account.' },
    ForgotPassword: { subject: 'Reset your password', lead: 'Use this to choose a new password.' },
    OrganizationInvitation: {
      subject: 'You are invited to {{organization.name}}',
      lead: 'You have been invited to join {{organization.name}}.',
    },
    Generic: { subject: 'Your verification code', lead: 'Use this to confirm that it is you.' },
    UserPermissionValidation: {
      subject: 'Confirm that it is you',
      lead: 'Use this to go on with a change to your account.',
    },
    BindNewIdentifier: { subject: 'Confirm your new contact', lead: 'Use this to add it to your account.' },
    MfaVerification: { subject: 'Your sign-in code', lead: 'Use this as the second step of signing in.' },
    BindMfa: { subject: 'Set up 2-step verification', lead: 'Use this to turn on codes for 2-step verification.' },
  },
};
