import { ADMIN_TENANT } from '../../kernel/tenancy.ts';
import type { SignInSettings } from '../sign-in-experience/sign-in-experience.contract.ts';
import type { Address, Identifier, MissingKind } from './flow-context.ts';
import type { Flow } from './sign-in.flows.ts';

/** What the tenant's settings allow in a flow; every door and every page asks here. */
export interface Rules {
  settings: SignInSettings;
  /** Identifiers that somebody signs in with, in the operator's order, and what may follow each. */
  methods: SignInSettings['signIn']['methods'];
  /** Identifiers that a password may follow. */
  passwordIdentifiers: Identifier['type'][];
  /** Addresses that a code may be sent to for signing in. */
  codeIdentifiers: Address['type'][];
  /** Addresses that a forgotten password may be reset by. */
  recoveryIdentifiers: Address['type'][];
  canSignIn: boolean;
  canRegister: boolean;
  /** A new account may be made of a username and a password. */
  canRegisterWithUsername: boolean;
  /** Identifiers that somebody may sign up with. */
  signUpIdentifiers: Identifier['type'][];
  /** What every account has to have, in the order it is asked for. */
  required: Exclude<MissingKind, 'extraProfile'>[];
  /** Targets of the social connectors on offer, in order. */
  socialTargets: string[];
  agreement: { signIn: Agreement; register: Agreement };
  /** Nobody signs in or up without having solved a captcha. */
  needsCaptcha: boolean;
}

type Agreement = 'implied' | 'checkbox';

/** Which kinds of message the tenant can send. */
export interface Channels {
  email: boolean;
  phone: boolean;
}

const RECOVERY = { EmailVerificationCode: 'email', PhoneVerificationCode: 'phone' } as const;

const isAddress = (type: Identifier['type']): type is Address['type'] => type !== 'username';

/** `signUp` as features 2.1 has it: e-mail and phone together mean either. */
function requiredOf({ signUp }: SignInSettings): Rules['required'] {
  const { identifiers, secondaryIdentifiers = [], password } = signUp;
  const either = identifiers.includes('email') && identifiers.includes('phone');
  const first = either ? (['emailOrPhone'] as const) : identifiers.filter(isAddress);
  const kinds: Rules['required'] = [
    ...(identifiers.includes('username') ? (['username'] as const) : []),
    ...first,
    ...secondaryIdentifiers.map(({ identifier }) => identifier),
    ...(password ? (['password'] as const) : []),
  ];
  return [...new Set(kinds)];
}

/** Operators have a username and a password, whatever the settings of their tenant say. */
const forOperators = (settings: SignInSettings): SignInSettings => ({
  ...settings,
  signIn: { methods: [{ identifier: 'username', password: true, verificationCode: false, isPasswordPrimary: true }] },
  signUp: { identifiers: ['username'], password: true, verify: false },
  forgotPasswordMethods: [],
  socialSignInConnectorTargets: [],
  singleSignOnEnabled: false,
});

export interface RulesContext {
  tenantId: string;
  link: Flow['link'];
  channels: Channels;
  /** The tenant has a captcha that its policy can ask for. */
  hasCaptcha: boolean;
}

const SHORT_SCREENS = new Set(['identifier:sign_in', 'identifier:register', 'reset_password']);

/**
 * What of it the first screen offers (features 1.8): `identifier` names some of the identifiers, and the screens that
 * ask for identifiers alone show no providers. It shapes the page; what is allowed stays as the settings have it.
 */
export function rulesOnScreen(rules: Rules, params: Readonly<Record<string, string | undefined>>): Rules {
  const { first_screen: screen = '', identifier = '' } = params;
  if (!SHORT_SCREENS.has(screen)) return rules;
  const named = new Set(identifier.split(' '));
  // Names of which the tenant offers none would leave an empty page: then all are offered.
  const among = <Entry>(entries: Entry[], typeOf: (entry: Entry) => Identifier['type']): Entry[] => {
    const chosen = entries.filter((entry) => named.has(typeOf(entry)));
    return chosen.length > 0 ? chosen : entries;
  };
  return {
    ...rules,
    methods: among(rules.methods, (method) => method.identifier),
    signUpIdentifiers: among(rules.signUpIdentifiers, (type) => type),
    recoveryIdentifiers: among(rules.recoveryIdentifiers, (type) => type),
    socialTargets: screen === 'reset_password' ? rules.socialTargets : [],
  };
}

/** The admin tenant never lets anybody register, but the holder of a set-up link (threats: first-run takeover). */
export function rulesOf(stored: SignInSettings, { tenantId, link, channels, hasCaptcha }: RulesContext): Rules {
  const isAdmin = tenantId === ADMIN_TENANT;
  const settings = isAdmin ? forOperators(stored) : stored;
  const { signInMode, signUp } = settings;
  const { methods } = settings.signIn;
  const canRegister = isAdmin ? link?.kind === 'setup' : signInMode !== 'SignIn';
  const hasPolicies = Boolean(settings.termsOfUseUrl || settings.privacyPolicyUrl);
  const manually = (policies: SignInSettings['agreeToTermsPolicy'][]): Agreement =>
    hasPolicies && policies.includes(settings.agreeToTermsPolicy) ? 'checkbox' : 'implied';
  const recovery = settings.forgotPasswordMethods?.map((method) => RECOVERY[method]) ?? (['email', 'phone'] as const);
  return {
    settings,
    methods,
    passwordIdentifiers: methods.filter(({ password }) => password).map(({ identifier }) => identifier),
    codeIdentifiers: methods
      .filter(({ verificationCode }) => verificationCode)
      .map(({ identifier }) => identifier)
      .filter(isAddress),
    recoveryIdentifiers: recovery.filter((type) => channels[type]),
    canSignIn: isAdmin || signInMode !== 'Register',
    canRegister,
    canRegisterWithUsername: canRegister && signUp.identifiers.includes('username') && signUp.password,
    signUpIdentifiers: canRegister ? signUp.identifiers : [],
    required: requiredOf(settings),
    socialTargets: settings.socialSignInConnectorTargets,
    needsCaptcha: hasCaptcha && settings.captchaPolicy.enabled === true,
    agreement: { signIn: manually(['Manual']), register: manually(['Manual', 'ManualRegistrationOnly']) },
  };
}
