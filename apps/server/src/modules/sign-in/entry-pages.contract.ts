import { z } from 'zod';
import { customProfileField } from '../custom-profile-fields/custom-profile-fields.contract.ts';
import {
  addressType,
  agreement,
  ceremonyOptions,
  identifierType,
  passwordRules,
  withCaptcha,
  withCode,
  withErrors,
  withForm,
  withFrame,
  withOneTap,
  withSocial,
} from './page-frame.contract.ts';

/** Pages on which somebody shows who they are, makes an account or gets back into it. */

/** POST /sign-in: `identifier`, and `password` where `asksPassword`; POST /sign-in/passkey: `credential`. */
export const signInPage = z.object({
  ...withForm,
  ...withSocial,
  ...withCaptcha,
  ...withOneTap,
  page: z.literal('sign-in'),
  applicationName: z.string().optional(),
  /** Identifiers that may be typed; empty: no form, only buttons. */
  identifiers: z.array(identifierType),
  /** The password stands on this page; otherwise what follows depends on the identifier. */
  asksPassword: z.boolean(),
  /** What the user typed before, or the login hint. */
  identifier: z.string().optional(),
  /** Passkeys of this browser: as a button, in the list that the identifier's field opens, or both. */
  /** Somebody may say by an address alone which enterprise they belong to. */
  hasSingleSignOn: z.boolean(),
  passkey: z.object({ options: ceremonyOptions, button: z.boolean(), autofill: z.boolean() }).optional(),
  canResetPassword: z.boolean(),
  /** Something that has just been done, and is worth saying. */
  notice: z.enum(['password-changed']).optional(),
  canRegister: z.boolean(),
  agreement,
});

/** What may be used in place of what a page asks for: POST /sign-in/method with field `method`. */
const alternatives = z.array(z.enum(['password', 'code', 'passkey']));

/** POST /sign-in/password: `password`. */
export const enterPasswordPage = z.object({
  ...withForm,
  page: z.literal('enter-password'),
  identifier: z.string(),
  alternatives,
  canResetPassword: z.boolean(),
});

/** POST /verification-code: `code`; POST /verification-code/resend; POST /verification-code/change: another address. */
export const enterCodePage = z.object({
  ...withForm,
  ...withCode,
  page: z.literal('enter-code'),
  channel: addressType,
  purpose: z.enum(['sign-in', 'register', 'forgot-password', 'profile', 'link-account', 'mfa']),
  alternatives,
});

/** POST /register: `username` and `password`, or `identifier`; `agreement`. */
export const registerPage = z.object({
  ...withForm,
  ...withSocial,
  ...withCaptcha,
  ...withOneTap,
  page: z.literal('register'),
  applicationName: z.string().optional(),
  /** The set-up link's page: the account becomes the first administrator. */
  isFirstAdministrator: z.boolean(),
  /** Identifiers a new account is made with; a username comes with a password. Empty: no form, only buttons. */
  identifiers: z.array(identifierType),
  username: z.string().optional(),
  identifier: z.string().optional(),
  passwordRules,
  canSignIn: z.boolean(),
  agreement,
});

/** Nobody has the address that was just proved. POST /register/confirm makes an account of it; POST /cancel leaves. */
export const offerRegisterPage = z.object({
  ...withForm,
  page: z.literal('offer-register'),
  address: z.string(),
  agreement,
});

/** Somebody has the address that was just proved. POST /sign-in/confirm signs in; POST /cancel leaves. */
export const offerSignInPage = z.object({ ...withForm, page: z.literal('offer-sign-in'), address: z.string() });

/** POST /forgot-password: `identifier`; POST /cancel leaves. */
export const forgotPasswordPage = z.object({
  ...withForm,
  ...withCaptcha,
  page: z.literal('forgot-password'),
  identifiers: z.array(addressType),
  identifier: z.string().optional(),
  /** The password was right, but has to be replaced. */
  isExpired: z.boolean(),
});

/** POST /reset-password: `password`; POST /cancel leaves. */
export const resetPasswordPage = z.object({
  ...withForm,
  page: z.literal('reset-password'),
  account: z.string(),
  passwordRules,
});

/** POST /set-password: `token` (hidden), `password`. */
export const setPasswordPage = z.object({
  ...withForm,
  page: z.literal('set-password'),
  token: z.string(),
  username: z.string(),
  passwordRules,
});

const missing = z.enum(['username', 'password', 'email', 'phone', 'emailOrPhone']);
export type MissingField = z.infer<typeof missing>;

const profileField = customProfileField.pick({
  name: true,
  type: true,
  label: true,
  description: true,
  required: true,
  config: true,
});
export type ProfileField = z.infer<typeof profileField>;

/**
 * POST /profile: what is missing by its name (`identifier` for an address of either kind), the tenant's own fields as
 * `profile.<name>` or `profile.<name>.<part>`, `agreement`; POST /cancel leaves.
 */
export const profilePage = z.object({
  ...withForm,
  page: z.literal('profile'),
  missing: z.array(missing),
  fields: z.array(profileField),
  /** What was typed before, by the name of the field; never a password. */
  values: z.record(z.string(), z.string()),
  passwordRules,
  /** The connector the user came through, if any. */
  connectorName: z.string().optional(),
  agreement,
});

/** POST /link-account: `password` of the existing account; POST /link-account/code sends one; POST /cancel leaves. */
export const linkAccountPage = z.object({
  ...withForm,
  ...withSocial,
  page: z.literal('link-account'),
  connectorName: z.string(),
  /** The verified address both accounts share: the user's own, as the provider told it. */
  address: z.string(),
  /** Without a password the account can only be proved by a code or one of its social accounts. */
  hasPassword: z.boolean(),
  canUseCode: z.boolean(),
});

/** POST /single-sign-on: `identifier`; with `choices`, links to the providers of the address. POST /cancel leaves. */
export const singleSignOnPage = z.object({
  ...withForm,
  page: z.literal('single-sign-on'),
  identifier: z.string().optional(),
  choices: z.array(
    z.object({
      connectorId: z.string(),
      name: z.string(),
      logo: z.string(),
      logoDark: z.string().optional(),
      href: z.string(),
    }),
  ),
});

/** The page of a link that came by mail: opening it spends nothing. POST /one-time-token; POST /cancel leaves. */
export const oneTimeTokenPage = z.object({
  ...withForm,
  page: z.literal('one-time-token'),
  applicationName: z.string().optional(),
  address: z.string(),
});

/**
 * The application has brought a Google account that was chosen on a page of its own.
 * POST /one-tap: `decision=accept` signs in with it, `decision=decline` in another way.
 */
export const oneTapPage = z.object({ ...withForm, page: z.literal('one-tap'), account: z.string() });

/** Somebody else is signed in. POST /switch-account: `decision=switch` or `decision=stay`. */
export const switchAccountPage = z.object({
  ...withFrame,
  ...withErrors,
  page: z.literal('switch-account'),
  current: z.string(),
  address: z.string(),
});

/**
 * A link that was sent to an address opens nothing. POST /cancel signs in another way;
 * POST /switch-account with `decision=stay`, where somebody else is signed in.
 */
export const linkEndedPage = z.object({
  ...withFrame,
  page: z.literal('link-ended'),
  why: z.enum(['used', 'expired', 'revoked', 'otherAddress', 'otherPurpose', 'unknown']),
  /** Whose link it says it is. */
  address: z.string(),
  /** Who is signed in. */
  current: z.string().optional(),
  /** The link was for a new password, and a code leads there too. */
  canResetPassword: z.boolean(),
  backHref: z.string().optional(),
});
