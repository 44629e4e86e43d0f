import { checkMfa } from './mfa-rules.ts';
import type { SignInSettings } from './sign-in-experience.contract.ts';
import { fail } from './sign-in-experience.errors.ts';

/** Which combinations of settings make sense (features 2.1). */

const isFilled = (value: unknown): boolean =>
  Array.isArray(value)
    ? value.length > 0
    : typeof value === 'object' && value !== null
      ? Object.values(value).some(isFilled)
      : Boolean(value);

/** Settings that exist on the wire but decide nothing yet are refused, not stored and ignored. */
function refuseUnfinished(settings: SignInSettings): void {
  const unfinished: Record<string, boolean> = {
    singleSignOnEnabled: settings.singleSignOnEnabled,
    'captchaPolicy.enabled': settings.captchaPolicy.enabled === true,
    'passwordExpiration.enabled': settings.passwordExpiration.enabled === true,
    'signUp.secondaryIdentifiers': isFilled(settings.signUp.secondaryIdentifiers),
    signUpProfileFields: isFilled(settings.signUpProfileFields),
    'emailBlocklistPolicy.blockDisposableAddresses': settings.emailBlocklistPolicy.blockDisposableAddresses === true,
    customContent: isFilled(settings.customContent),
  };
  const refused = Object.keys(unfinished).filter((name) => unfinished[name]);
  if (refused.length > 0) throw fail('request.feature_not_supported', { details: refused.join('\n') });
}

/** Nothing sends codes yet, so whatever needs one would shut people out. */
function checkCodes({ signIn, signUp, forgotPasswordMethods }: SignInSettings): void {
  const needsCodes =
    signIn.methods.some(({ verificationCode }) => verificationCode) ||
    signUp.verify ||
    signUp.identifiers.some((identifier) => identifier !== 'username');
  if (needsCodes) throw fail('sign_in_experiences.enabled_connector_not_found', { data: { type: 'Email' } });
  if (isFilled(forgotPasswordMethods)) throw fail('sign_in_experiences.forgot_password_method_requires_connector');
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
    const method = signIn.methods.find((candidate) => candidate.identifier === identifier);
    if (!method) throw fail('sign_in_experiences.miss_sign_up_identifier_in_sign_in', { data: { identifier } });
    if (signUp.password && !method.password) throw fail('sign_in_experiences.password_sign_in_must_be_enabled');
  }
}

function checkSignIn({ signIn }: SignInSettings): void {
  const identifiers = signIn.methods.map(({ identifier }) => identifier);
  if (new Set(identifiers).size < identifiers.length) {
    throw fail('request.invalid_input', { details: 'signIn.methods: each identifier once' });
  }
  if (signIn.methods.some(({ password, verificationCode }) => !password && !verificationCode)) {
    throw fail('sign_in_experiences.at_least_one_authentication_factor');
  }
}

function checkRest({ languageInfo, usernamePolicy }: SignInSettings, languages: readonly string[]): void {
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

/**
 * Refuses settings that contradict each other, that would shut people out or that decide nothing yet.
 * `languages` are those that the tenant's pages speak.
 */
export function checkSettings(settings: SignInSettings, languages: readonly string[]): void {
  refuseUnfinished(settings);
  checkSignUp(settings);
  checkSignIn(settings);
  checkCodes(settings);
  checkMfa(settings);
  checkRest(settings, languages);
}
