import type { CustomProfileField } from '../custom-profile-fields/custom-profile-fields.contract.ts';
import type { PasskeySignal } from '../factors/webauthn.contract.ts';
import type { FormError, PageFrame, PasswordRules } from '../sign-in/page-frame.contract.ts';
import type { AccountSection } from './account-center.paths.ts';

export { type AccountSection, accountPaths, accountSections } from './account-center.paths.ts';

/**
 * What the server hands to the account center's pages: one model a page, plain data, no markup.
 * The pages say it in the user's language; nothing in here is translated already, except names that people gave.
 */

/** A value of the account, and whether its owner may change it. */
export interface OwnValue {
  value: string | null;
  editable: boolean;
}

/** Absent where the tenant does not show it. */
interface ProfilePage {
  page: 'account-profile';
  name?: OwnValue;
  username?: OwnValue;
  avatar?: OwnValue;
  /** Answers to the tenant's questions: a value a line, as it is read. */
  answers: { label: string; name: string; lines: string[]; isYes?: boolean }[];
  /** Whether any of them may be changed. */
  canAnswer: boolean;
}

/** POST to `path` with the field of the same name as `what`. */
interface TextTask {
  page: 'account-text';
  what: 'name' | 'username';
  path: string;
  value: string;
  required: boolean;
}

/** POST /account/profile/edit: `profile.<name>` and `profile.<name>.<part>`. */
interface AnswersTask {
  page: 'account-answers';
  fields: CustomProfileField[];
  values: Record<string, string>;
}

/** POST /account/verified-action with `password`; …/send with `channel`; …/code with `code`. */
interface VerifyTask {
  page: 'account-verify';
  /** Where the proof was asked for: a path of ours. */
  next: string;
  methods: ('password' | 'email' | 'phone')[];
  /** For password managers: which account it is. */
  username: string;
  /** A code is under way. */
  sent?: { channel: 'email' | 'phone'; recipient: string; resendAfter: number };
}

/** Whether the second step is asked for at sign-in; `fixed`: why that is not the owner's to choose. */
export interface SecondStepChoice {
  isAsked: boolean;
  fixed?: 'required' | 'unusual';
  editable: boolean;
}

/** What the account is kept safe by; absent where the tenant does not show it. */
interface SecurityPage {
  page: 'account-security';
  password?: { isSet: boolean; editable: boolean };
  /** `canChange`: whether a code can be sent at all, without which there is only removing. */
  email?: (OwnValue & { canChange: boolean }) | undefined;
  phone?: (OwnValue & { canChange: boolean }) | undefined;
  totp?: { addedAt: string | null; editable: boolean };
  passkeys?: { count: number; editable: boolean; canAdd: boolean };
  atSignIn?: SecondStepChoice | undefined;
  /** `left`: null when there is no set. */
  backupCodes?: { left: number | null; editable: boolean };
}

/** POST /account/password: `password`. */
interface PasswordTask {
  page: 'account-password';
  isSet: boolean;
  username: string;
  rules: PasswordRules;
}

/** POST /account/<channel>: the field of that name; what is new is proved by a code. */
interface AddressTask {
  page: 'account-address';
  channel: 'email' | 'phone';
  /** What it is now. */
  present: string | null;
  value: string;
}

/** POST /account/<channel>/code: `code`; …/resend. */
interface AddressCodeTask {
  page: 'account-address-code';
  channel: 'email' | 'phone';
  recipient: string;
  resendAfter: number;
}

/** POST to `path`: `code`. */
interface TotpTask {
  page: 'account-totp';
  path: string;
  replaces: boolean;
  secret: string;
  qrCode: string;
}

interface PasskeysPage {
  page: 'account-passkeys';
  passkeys: {
    id: string;
    name: string | null;
    device: { browser?: string; os?: string };
    createdAt: string;
    lastUsedAt: string | null;
  }[];
  editable: boolean;
}

/** POST /account/passkey/add: `credential` and `name`. */
interface PasskeyTask {
  page: 'account-passkey-add';
  options: string;
}

/** POST /account/passkey/<id>/name: `name`. */
interface PasskeyNameTask {
  page: 'account-passkey-name';
  id: string;
  value: string;
}

interface BackupCodesPage {
  page: 'account-backup-codes';
  codes: { code: string; isUsed: boolean }[];
  editable: boolean;
}

interface LinkedAccount {
  connectorId: string;
  name: string;
  logo: string;
  logoDark: string | null;
  /** How the linked account is called there; absent when none is linked. */
  as?: string;
}

interface LinkedPage {
  page: 'account-linked';
  accounts: LinkedAccount[];
  /** Those at the user's enterprises, which only these can take away. */
  enterprise: LinkedAccount[];
  editable: boolean;
}

/** POST to `path` leaves for the provider. */
interface SocialTask {
  page: 'account-social';
  path: string;
  replace: boolean;
  account: LinkedAccount;
}

interface SessionsPage {
  page: 'account-sessions';
  sessions: {
    id: string;
    isCurrent: boolean;
    device: string | null;
    ip: string | null;
    city: string | null;
    /** ISO 3166-1 alpha-2. */
    country: string | null;
    signedInAt: string;
  }[];
  editable: boolean;
}

interface ApplicationsPage {
  page: 'account-applications';
  applications: {
    id: string;
    name: string;
    isThirdParty: boolean;
    since: string;
    scopes: string[];
    resources: { name: string; scopes: string[] }[];
  }[];
  editable: boolean;
}

/** POST /account/invitations/<id>/accept and …/decline. */
interface OrganizationsPage {
  page: 'account-organizations';
  organizations: { id: string; name: string; description: string | null; roles: { id: string; name: string }[] }[];
  invitations: { id: string; organization: { id: string; name: string }; expiresAt: number }[];
  editable: boolean;
}

interface TokensPage {
  page: 'account-tokens';
  tokens: { name: string; ending: string; createdAt: string; expiresAt: string | null; isOver: boolean }[];
  /** One that was just made, shown this once. */
  fresh?: { name: string; value: string };
  editable: boolean;
}

/** POST /account/tokens/new: `name`, and `expires` in days, empty for ever. */
interface TokenTask {
  page: 'account-token-new';
  value: string;
  expires: string;
  days: readonly number[];
}

interface DataPage {
  page: 'account-data';
  canExport: boolean;
  /** Absent where nobody may; `href` is the tenant's own page for it, and elsewhere ours. */
  deletion?: { days: number; href?: string };
}

/** What is asked about before it is done. */
export type ConfirmedAction =
  | 'email-remove'
  | 'phone-remove'
  | 'totp-remove'
  | 'second-step-on'
  | 'second-step-off'
  | 'passkey-remove'
  | 'backup-codes-generate'
  | 'backup-codes-regenerate'
  | 'social-remove'
  | 'session-end'
  | 'sessions-end-others'
  | 'application-revoke'
  | 'organization-leave'
  | 'token-remove'
  | 'account-delete';

/** POST to `path` does it. */
interface ConfirmTask {
  page: 'account-confirm';
  what: ConfirmedAction;
  path: string;
  cancel: string;
  /** What it is about, where there are several. */
  name?: string;
}

/** The pages of the account itself, with what each is about. */
export type AccountBody =
  | ProfilePage
  | TextTask
  | AnswersTask
  | VerifyTask
  | SecurityPage
  | PasswordTask
  | AddressTask
  | AddressCodeTask
  | TotpTask
  | PasskeysPage
  | PasskeyTask
  | PasskeyNameTask
  | BackupCodesPage
  | LinkedPage
  | SocialTask
  | SessionsPage
  | ApplicationsPage
  | OrganizationsPage
  | TokensPage
  | TokenTask
  | DataPage
  | ConfirmTask;

/** Something that was done a moment ago, and is worth saying. */
export const accountNotices = [
  'name',
  'username',
  'avatar',
  'avatar-removed',
  'profile',
  'password',
  'email',
  'phone',
  'email-remove',
  'phone-remove',
  'totp',
  'totp-remove',
  'second-step-on',
  'second-step-off',
  'passkey',
  'passkey-name',
  'passkey-remove',
  'backup-codes',
  'social',
  'social-remove',
  'session-end',
  'sessions-end-others',
  'application-revoke',
  'organization-leave',
  'invitation-accept',
  'invitation-decline',
  'token-remove',
] as const;
export type AccountNotice = (typeof accountNotices)[number];

export interface AccountFrame {
  frame: PageFrame;
  errors: FormError[];
}

interface Chrome extends AccountFrame {
  /** Who is signed in. */
  owner: { name: string; avatar: string | null };
  sections: AccountSection[];
  current: AccountSection;
  notice?: AccountNotice | undefined;
  /** What the browser is told of the owner's passkeys. */
  passkeySignals?: PasskeySignal[] | undefined;
  /** The application that sent the user here for this task. */
  back?: { href: string } | undefined;
}

/** Pages of nobody in particular. */
type Outside =
  | { page: 'account-off' }
  | { page: 'account-problem'; code: string; requestId: string; status: number }
  | { page: 'account-done'; href: string }
  | { page: 'account-signed-out' }
  /** The account is going to be deleted. */
  | { page: 'account-leaving'; until?: string }
  /** POST /account/keep with `token`: it is not. */
  | { page: 'account-keep'; token: string; until: string }
  | { page: 'account-kept' };

export type AccountOutside = Outside;
export type AccountPage = (AccountBody & Chrome) | (Outside & AccountFrame);
export type AccountPageName = AccountPage['page'];
export type AccountPageOf<Name extends AccountPageName> = Extract<AccountPage, { page: Name }>;

/** What `apps/sign-in/dist/server/render.js` exports for the account center. */
export interface AccountPages {
  renderAccount(page: AccountPage, phrases: { signIn: object; account: object }): string;
}
