import { checkMfa } from './mfa-rules.ts';
import type { SignInSettings } from './sign-in-experience.contract.ts';
import { fail } from './sign-in-experience.errors.ts';

/** Which combinations of settings make sense (features 2.1). */

/** What the tenant can do, as far as settings depend on it. */
export interface Abilities {
  /** Languages that the pages speak. */
  languages: readonly string[];
  channels: { email: boolean; phone: boolean };
  /** There is a captcha to ask for. */
  hasCaptcha: boolean;
  /** Names of the tenant's profile fields. */
  profileFields: readonly string[];
}

const CHANNEL_NAME = { email: 'Email', phone: 'Sms' } as const;
type Address = keyof typeof CHANNEL_NAME;

const RECOVERY = { EmailVerificationCode: 'email', PhoneVerificationCode: 'phone' } as const;

/** Addresses that somebody has to read a code at, to sign in or up. */
function addressesWithCodes({ signIn, signUp }: SignInSettings): Address[] {
  const secondary = (signUp.secondaryIdentifiers ?? []).map(({ identifier }) => identifier);
  const named = [
    ...signIn.methods.filter(({ verificationCode }) => verificationCode).map(({ identifier }) => identifier),
    ...signUp.identifiers,
    ...secondary,
  ];
  const asked = named.flatMap((kind) => (kind === 'emailOrPhone' ? (['email', 'phone'] as const) : [kind]));
  return asked.filter((kind) => kind !== 'username');
}

/** What needs a code needs a way to send one, or it would shut people out. */
function checkCodes(settings: SignInSettings, { channels }: Abilities): void {
  for (const address of addressesWithCodes(settings)) {
    if (!channels[address]) {
      throw fail('sign_in_experiences.enabled_connector_not_found', { data: { type: CHANNEL_NAME[address] } });
    }
  }
  const { forgotPasswordMethods: recovery, passwordExpiration } = settings;
  if (recovery?.some((method) => !channels[RECOVERY[method]])) {
    throw fail('sign_in_experiences.forgot_password_method_requires_connector');
  }
  const canRecover = recovery === null ? channels.email || channels.phone : recovery.length > 0;
  if (passwordExpiration.enabled === true && !canRecover) {
    throw fail('sign_in_experiences.password_expiration_requires_forgot_password');
  }
}

/** Whoever signs up must be able to come back. */
function checkSignUp({ signIn, signUp }: SignInSettings): void {
  if (new Set(signUp.identifiers).size < signUp.identifiers.length) {
    throw fail('sign_in_experiences.duplicated_sign_up_identifiers');
  }
  if (signUp.identifiers.includes('username') && !signUp.password) {
    throw fail('sign_in_experiences.username_requires_password');
  }
  for (const identifier of signUp.identifiers) {
    if (identifier !== 'username' && !signUp.verify) throw fail('sign_in_experiences.passwordless_requires_verify');
    const method = signIn.methods.find((candidate) => candidate.identifier === identifier);
    if (!method) throw fail('sign_in_experiences.miss_sign_up_identifier_in_sign_in', { data: { identifier } });
    if (signUp.password && !method.password) throw fail('sign_in_experiences.password_sign_in_must_be_enabled');
    if (identifier !== 'username' && !signUp.password && !method.verificationCode) {
      throw fail('sign_in_experiences.code_sign_in_must_be_enabled');
    }
  }
}

function checkSignIn({ signIn }: SignInSettings): void {
  const identifiers = signIn.methods.map(({ identifier }) => identifier);
  if (new Set(identifiers).size < identifiers.length) {
    throw fail('request.invalid_input', { details: 'signIn.methods: each identifier once' });
  }
  if (
    signIn.methods.some(({ identifier, ...by }) => !by.password && !(by.verificationCode && identifier !== 'username'))
  ) {
    throw fail('sign_in_experiences.at_least_one_authentication_factor');
  }
}

function checkRest(
  { captchaPolicy, languageInfo, usernamePolicy, signUpProfileFields }: SignInSettings,
  { hasCaptcha, languages, profileFields }: Abilities,
): void {
  if (captchaPolicy.enabled === true && !hasCaptcha) {
    throw fail('request.invalid_input', { details: 'captchaPolicy.enabled: set a captcha provider first' });
  }
  const unknown = (signUpProfileFields ?? []).map(({ name }) => name).filter((name) => !profileFields.includes(name));
  if (unknown.length > 0) {
    throw fail('custom_profile_fields.entity_not_exists_with_names', { data: { names: unknown.join(', ') } });
  }
  const { fallbackLanguage } = languageInfo;
  if (!languages.includes(fallbackLanguage)) {
    throw fail('sign_in_experiences.unsupported_default_language', { data: { language: fallbackLanguage } });
  }
  const { minLength = 1, maxLength = 128, allowedChars = {} } = usernamePolicy;
  if (minLength > maxLength) {
    throw fail('request.invalid_input', { details: 'usernamePolicy: minLength must not exceed maxLength' });
  }
  // A username begins with a letter or an underscore.
  const { lowercase = true, uppercase = true, underscore = true } = allowedChars;
  if (!lowercase && !uppercase && !underscore) {
    throw fail('request.invalid_input', {
      details: 'usernamePolicy.allowedChars: nothing that a username may begin with',
    });
  }
}

/** Refuses settings that contradict each other or that would shut people out. */
export function checkSettings(settings: SignInSettings, abilities: Abilities): void {
  checkSignUp(settings);
  checkSignIn(settings);
  checkCodes(settings, abilities);
  checkMfa(settings);
  checkRest(settings, abilities);
}
