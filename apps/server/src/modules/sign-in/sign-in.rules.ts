import { ADMIN_TENANT } from '../../kernel/tenancy.ts';
import type { SignInSettings } from '../sign-in-experience/sign-in-experience.contract.ts';
import type { Identifier } from './sign-in.flow.ts';
import type { Flow } from './sign-in.flows.ts';

/** What the tenant's settings allow in a flow; every door and every page asks here. */
export interface Rules {
  settings: SignInSettings;
  /** Identifiers that a password may follow. */
  passwordIdentifiers: Identifier['type'][];
  canSignIn: boolean;
  canRegister: boolean;
  /** A new account may be made of a username and a password. */
  canRegisterWithUsername: boolean;
  /** A new account needs a username, wherever it comes from. */
  needsUsername: boolean;
  /** Targets of the social connectors on offer, in order. */
  socialTargets: string[];
  agreement: { signIn: Agreement; register: Agreement };
}

type Agreement = 'implied' | 'checkbox';

/** The admin tenant never lets anybody register, but the holder of a set-up link (threats: first-run takeover). */
export function rulesOf(settings: SignInSettings, { tenantId, link }: { tenantId: string; link: Flow['link'] }): Rules {
  const isAdmin = tenantId === ADMIN_TENANT;
  const isSetup = link?.kind === 'setup';
  const { signInMode, signUp } = settings;
  const canRegister = isAdmin ? isSetup : signInMode !== 'SignIn';
  const hasPolicies = Boolean(settings.termsOfUseUrl || settings.privacyPolicyUrl);
  const manually = (policies: SignInSettings['agreeToTermsPolicy'][]): Agreement =>
    hasPolicies && policies.includes(settings.agreeToTermsPolicy) ? 'checkbox' : 'implied';
  return {
    settings,
    passwordIdentifiers: isAdmin
      ? ['username']
      : settings.signIn.methods.filter(({ password }) => password).map(({ identifier }) => identifier),
    canSignIn: isAdmin || signInMode !== 'Register',
    canRegister,
    canRegisterWithUsername: canRegister && (isAdmin || (signUp.identifiers.includes('username') && signUp.password)),
    needsUsername: signUp.identifiers.includes('username') && !settings.socialSignIn.skipRequiredIdentifiers,
    socialTargets: isAdmin ? [] : settings.socialSignInConnectorTargets,
    agreement: { signIn: manually(['Manual']), register: manually(['Manual', 'ManualRegistrationOnly']) },
  };
}

const LOOKS_LIKE: Record<Identifier['type'], RegExp> = {
  email: /@/,
  phone: /^\+?[\d\s().-]{5,}$/,
  username: /^/,
};

/** What a text typed into the one identifier field is, among what may be typed there. */
export function readIdentifier(text: string, allowed: readonly Identifier['type'][]): Identifier {
  const value = text.trim();
  const type =
    (['email', 'phone', 'username'] as const).find((kind) => allowed.includes(kind) && LOOKS_LIKE[kind].test(value)) ??
    allowed[0] ??
    'username';
  return { type, value: type === 'phone' ? value.replace(/\D/g, '') : value };
}
