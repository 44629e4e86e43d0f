/** Texts of the page about the second step of a sign-in. */
export const mfa = {
  title: 'Multi-factor authentication',
  lead: 'A second proof beside the password or the code, so that a stolen password alone opens nothing.',
  factors: {
    title: 'Factors',
    lead: 'What people can set up as their second step. Offer at least two, so that a lost one locks nobody out.',
    names: {
      WebAuthn: 'Passkey',
      Totp: 'Authenticator app',
      PhoneVerificationCode: 'Code by SMS',
      EmailVerificationCode: 'Code by e-mail',
      BackupCode: 'Backup codes',
    },
    hints: {
      WebAuthn: 'Fingerprint, face or security key. Cannot be phished.',
      Totp: 'Six digits that an app on the phone shows, without any network.',
      PhoneVerificationCode: 'A one-time code to the phone number of the account.',
      EmailVerificationCode: 'A one-time code to the e-mail address of the account.',
      BackupCode: 'Ten codes to keep on paper, each good for one sign-in. Only beside another factor.',
    },
  },
  policy: {
    title: 'Who is asked',
    lead: 'Whoever has a factor is asked for it. This decides about those who have none yet.',
    names: {
      NoPrompt: 'Do not suggest it',
      PromptOnlyAtSignIn: 'Suggest it at sign-in',
      PromptAtSignInAndSignUp: 'Suggest it at sign-up and sign-in',
      UserControlled: 'Suggest it, users may switch it off',
      Mandatory: 'Everybody needs one',
      PromptOnlyAtSignInMandatory: 'Adaptive: set up at sign-in',
      PromptAtSignInAndSignUpMandatory: 'Adaptive: set up at sign-up and sign-in',
    },
    hints: {
      NoPrompt: 'People set a factor up in their account if they like.',
      PromptOnlyAtSignIn: 'Registering stays short; the next sign-in suggests a factor, which can be skipped.',
      PromptAtSignInAndSignUp: 'The suggestion comes with the new account already, and can be skipped.',
      UserControlled: 'The older policy: as above, and people may stop being asked although they have a factor.',
      Mandatory: 'No factor, no entry: those without one set it up before they go on.',
      PromptOnlyAtSignInMandatory:
        'Needs adaptive MFA. Everybody has a factor from the second sign-in on, and proves it when a sign-in looks unusual.',
      PromptAtSignInAndSignUpMandatory:
        'Needs adaptive MFA. Everybody has a factor from the start, and proves it when a sign-in looks unusual.',
    },
    organization: 'Members of organizations that require MFA',
    organizationHint: 'For organizations with “require MFA”, when a member has no factor yet.',
    organizations: {
      NoPrompt: 'Refuse the organization’s token until they set one up',
      Mandatory: 'Have them set one up at sign-in',
    },
  },
  adaptive: {
    title: 'Adaptive MFA',
    lead: 'Asks for the second step only when a sign-in looks unlike the earlier ones.',
    enabled: 'Ask when a sign-in looks unusual',
    enabledHint: 'Place and bot score come from the headers of your proxy, or from a local GeoIP file.',
    thresholds: {
      newCountryDays: 'New country after (days)',
      maxSpeedKmh: 'Fastest journey (km/h)',
      inactivityDays: 'Long absence (days)',
      minBotScore: 'Lowest bot score',
    },
    hints: {
      newCountryDays: 'A country counts as known this long after a sign-in from there.',
      maxSpeedKmh: 'Two sign-ins further apart than anybody travels are unusual.',
      inactivityDays: 'The first sign-in after such a pause is unusual.',
      minBotScore: 'Below it, the sender is probably a program.',
    },
  },
  trusted: {
    title: 'Trusted devices',
    lead: 'People may tick “don’t ask again on this device” at the second step.',
    enabled: 'Let people trust a device',
    days: 'Days until it asks again',
  },
  passkey: {
    title: 'Sign-in with a passkey',
    lead: 'A passkey proves possession and person at once, so it replaces the password and the second step.',
    enabled: 'Let people sign in with a passkey',
    enabledHint: 'After a sign-in, people are offered to create one.',
    showPasskeyButton: 'Show a passkey button',
    showPasskeyButtonHint: 'One press, without typing a name first.',
    allowAutofill: 'Suggest passkeys in the name field',
    allowAutofillHint: 'The browser lists saved passkeys where it lists saved passwords.',
  },
  problems: {
    backupCodeAlone: 'Backup codes only help beside another factor: choose one more.',
    emailOpensAlready:
      'A code by e-mail already opens the account at the first step, so it proves nothing at the second. Take it away here, or under Sign-up and sign-in.',
    phoneOpensAlready:
      'A code by SMS already opens the account at the first step, so it proves nothing at the second. Take it away here, or under Sign-up and sign-in.',
    adaptiveWithoutFactors: 'Adaptive MFA has nothing to ask for: choose a factor.',
    requiredWithoutFactors: 'Everybody needs a factor, but there is none to choose from.',
    adaptiveNeedsPolicy: 'Adaptive MFA goes with one of the two adaptive policies.',
    policyNeedsAdaptive: 'The adaptive policies ask nobody while adaptive MFA is off.',
  },
};
