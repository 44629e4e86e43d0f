import type { PageName } from './sign-in.contract.ts';

/**
 * The sign-in engine's table: in which state which fact leads where.
 * It does no I/O: actions find facts out (a password is right, a provider has answered), this table says what they mean.
 * A new state is a row here, a line in `statePages` and a case where its page is built.
 */

export const states = [
  'sign-in',
  'enter-password',
  'enter-code',
  'register',
  'offer-register',
  'offer-sign-in',
  'one-time-token',
  'switch-account',
  'forgot-password',
  'reset-password',
  'social',
  'single-sign-on',
  'link-account',
  'profile',
  'mfa-verification',
  'mfa-setup',
  'bind-totp',
  'bind-passkey',
  'bind-address',
  'bind-backup-codes',
  'set-password',
  'consent',
  'identified',
  'done',
] as const;
export type State = (typeof states)[number];

/** Where an authorization request may enter the table. */
export const firstStates: readonly State[] = [
  'sign-in',
  'register',
  'forgot-password',
  'one-time-token',
  'switch-account',
  'set-password',
  'consent',
];

/** What an action has found out, or the user has decided. */
export const facts = [
  'chose-sign-in',
  'chose-register',
  'chose-recovery',
  'chose-single-sign-on',
  'identifier-given',
  'code-sent',
  'account-unknown',
  'account-known',
  'recovery-identified',
  'password-reset',
  'left-for-provider',
  'provider-answered',
  'provider-refused',
  'address-taken',
  'profile-missing',
  'recorded',
  'captcha-solved',
  'profile-given',
  'identified',
  'registered',
  'passkey-asked',
  'mfa-required',
  'factor-chosen',
  'factor-proved',
  'setup-demanded',
  'passkey-offered',
  'backup-codes-needed',
  'chose-totp',
  'chose-passkey',
  'chose-address',
  'mfa-given',
  'cancelled',
  'password-set',
  'consented',
  'submitted',
] as const;
export type FactName = (typeof facts)[number];

type Row = Readonly<Partial<Record<FactName, State>>>;

/** What a user who is on the way may always turn to: another screen, a provider, the enterprise that an address belongs to. */
const turns: Row = {
  'chose-sign-in': 'sign-in',
  'chose-register': 'register',
  'chose-recovery': 'forgot-password',
  'chose-single-sign-on': 'single-sign-on',
  'left-for-provider': 'social',
};

/** A link that was sent to an address is to be opened. */
const openingLink: Row = {
  ...turns,
  identified: 'identified',
  'recovery-identified': 'reset-password',
  cancelled: 'sign-in',
};

/** A code was proved. Its page may still be open elsewhere: with it go a new code, and the password instead. */
const provedCode: Row = {
  ...turns,
  'identifier-given': 'enter-password',
  'code-sent': 'enter-code',
  cancelled: 'sign-in',
};

/** Where somebody who is setting up factors may turn to. */
const setup: Row = {
  ...turns,
  'chose-totp': 'bind-totp',
  'chose-passkey': 'bind-passkey',
  'chose-address': 'bind-address',
  'mfa-given': 'identified',
  cancelled: 'sign-in',
};

export const table: Readonly<Record<State, Row>> = {
  'sign-in': {
    ...turns,
    'identifier-given': 'enter-password',
    'code-sent': 'enter-code',
    recorded: 'sign-in',
    'captcha-solved': 'sign-in',
    'passkey-asked': 'sign-in',
    identified: 'identified',
  },
  'enter-password': { ...turns, 'captcha-solved': 'enter-password', 'passkey-asked': 'enter-password' },
  'enter-code': {
    ...turns,
    'identifier-given': 'enter-password',
    'code-sent': 'enter-code',
    recorded: 'enter-code',
    'captcha-solved': 'enter-code',
    'account-unknown': 'offer-register',
    'account-known': 'offer-sign-in',
    'profile-given': 'enter-code',
    'profile-missing': 'profile',
    'recovery-identified': 'reset-password',
    registered: 'identified',
    identified: 'identified',
  },
  register: {
    ...turns,
    'code-sent': 'enter-code',
    recorded: 'register',
    'captcha-solved': 'register',
    'passkey-asked': 'register',
    'profile-given': 'register',
    'profile-missing': 'profile',
    registered: 'identified',
  },
  'offer-register': { ...provedCode, 'captcha-solved': 'offer-register' },
  'offer-sign-in': { ...provedCode, 'captcha-solved': 'offer-sign-in' },
  'one-time-token': { ...openingLink, recorded: 'one-time-token', 'captcha-solved': 'one-time-token' },
  'switch-account': { ...openingLink, recorded: 'switch-account', 'captcha-solved': 'switch-account' },
  'forgot-password': {
    ...turns,
    'code-sent': 'enter-code',
    recorded: 'forgot-password',
    'captcha-solved': 'forgot-password',
    'recovery-identified': 'reset-password',
    cancelled: 'sign-in',
  },
  // Whoever comes here signs in with the new password afterwards: no edge leads on to `identified`.
  'reset-password': {
    ...turns,
    recorded: 'reset-password',
    'captcha-solved': 'reset-password',
    'recovery-identified': 'reset-password',
    'profile-given': 'reset-password',
    'password-reset': 'sign-in',
    cancelled: 'sign-in',
  },
  social: {
    ...turns,
    'captcha-solved': 'social',
    'provider-answered': 'social',
    'provider-refused': 'sign-in',
    'profile-given': 'social',
    'address-taken': 'link-account',
    identified: 'identified',
  },
  'single-sign-on': { ...turns, 'captcha-solved': 'single-sign-on', cancelled: 'sign-in' },
  'link-account': {
    ...turns,
    'code-sent': 'enter-code',
    'captcha-solved': 'link-account',
    identified: 'identified',
    cancelled: 'sign-in',
  },
  profile: {
    ...turns,
    'code-sent': 'enter-code',
    'captcha-solved': 'profile',
    'profile-given': 'profile',
    'profile-missing': 'profile',
    registered: 'identified',
    identified: 'identified',
    cancelled: 'sign-in',
  },
  'mfa-verification': {
    ...turns,
    recorded: 'mfa-verification',
    'captcha-solved': 'mfa-verification',
    'factor-chosen': 'mfa-verification',
    'factor-proved': 'identified',
    cancelled: 'sign-in',
  },
  'mfa-setup': { ...setup, 'captcha-solved': 'mfa-setup' },
  'bind-totp': { ...setup, recorded: 'bind-totp', 'captcha-solved': 'bind-totp' },
  'bind-passkey': { ...setup, recorded: 'bind-passkey', 'captcha-solved': 'bind-passkey' },
  'bind-address': { ...setup, 'captcha-solved': 'bind-address', 'code-sent': 'enter-code' },
  'bind-backup-codes': {
    ...turns,
    recorded: 'bind-backup-codes',
    'captcha-solved': 'bind-backup-codes',
    'mfa-given': 'identified',
    cancelled: 'sign-in',
  },
  'set-password': { 'password-set': 'identified' },
  consent: { consented: 'done', cancelled: 'done' },
  identified: {
    ...turns,
    recorded: 'identified',
    'captcha-solved': 'identified',
    'profile-given': 'identified',
    'profile-missing': 'profile',
    identified: 'identified',
    'mfa-required': 'mfa-verification',
    'factor-proved': 'identified',
    'setup-demanded': 'mfa-setup',
    'passkey-offered': 'bind-passkey',
    'backup-codes-needed': 'bind-backup-codes',
    'mfa-given': 'identified',
    submitted: 'done',
  },
  done: {},
};

/**
 * What a client of the Experience API finds out, in the states that it knows. In all others the hosted pages have asked
 * for something, and their answer is the next: a client can only begin anew there.
 */
export const statesOfExperience: readonly State[] = [
  'sign-in',
  'register',
  'one-time-token',
  'switch-account',
  'forgot-password',
  'reset-password',
  'consent',
  'identified',
  'done',
];

/** The page that each state shows; `elsewhere`: the provider, the app, or a client of the Experience API has the screen. */
export const statePages: Readonly<Record<State, PageName | 'elsewhere'>> = {
  'sign-in': 'sign-in',
  'enter-password': 'enter-password',
  'enter-code': 'enter-code',
  register: 'register',
  'offer-register': 'offer-register',
  'offer-sign-in': 'offer-sign-in',
  'one-time-token': 'one-time-token',
  'switch-account': 'switch-account',
  'forgot-password': 'forgot-password',
  'reset-password': 'reset-password',
  social: 'elsewhere',
  'single-sign-on': 'single-sign-on',
  'link-account': 'link-account',
  profile: 'profile',
  'mfa-verification': 'mfa-verify',
  'mfa-setup': 'mfa-setup',
  'bind-totp': 'bind-totp',
  'bind-passkey': 'bind-passkey',
  'bind-address': 'bind-address',
  'bind-backup-codes': 'bind-backup-codes',
  'set-password': 'set-password',
  consent: 'consent',
  identified: 'elsewhere',
  done: 'elsewhere',
};

/** The pages that come before a flow, end or interrupt it, or belong to the protocol endpoints: no state of a flow. */
export const pagesWithoutState: readonly PageName[] = [
  'device',
  'device-confirm',
  'device-done',
  'sign-out',
  'hand-over',
  'signed-out',
  'link-ended',
  'one-tap',
  'mfa-recovery',
  'invitation',
  'invitation-ended',
  'error',
  'session-lost',
  'suspended',
  'not-found',
];
