import { z } from 'zod';
import * as entry from './entry-pages.contract.ts';
import * as factors from './factor-pages.contract.ts';
import { type PageFrame, withForm, withFrame } from './page-frame.contract.ts';

export type { MissingField, ProfileField } from './entry-pages.contract.ts';
export type {
  AddressType,
  FormError,
  IdentifierType,
  OneTapPrompt,
  PageFrame,
  PasswordRules,
  SocialButton,
} from './page-frame.contract.ts';
export { csrfField, pageRequestHeader, signInAssetsPath, signInPaths } from './sign-in.paths.ts';

/**
 * What the sign-in engine hands to the hosted pages: one model a page, plain data, no markup.
 * The pages say it in the user's language; nothing in here is translated already, except names that people gave.
 */

const logos = { logoUrl: z.string().optional(), darkLogoUrl: z.string().optional() };

const describedScope = z.object({ name: z.string(), description: z.string().optional() });

/** POST /consent: `decision=allow` with an `organizationIds` for each organization chosen, or `decision=deny`. */
const consentPage = z.object({
  ...withForm,
  page: z.literal('consent'),
  application: z.object({
    name: z.string(),
    ...logos,
    termsOfUseUrl: z.string().optional(),
    privacyPolicyUrl: z.string().optional(),
  }),
  /** Who is signed in: name, username or address. */
  account: z.string(),
  /** The host whose document describes the application, which nobody registered here. */
  verifiedHost: z.string().optional(),
  /** Where the answer goes; shown, so that a look-alike can be told apart. */
  redirectHost: z.string().optional(),
  /** OIDC scopes by name; the page has words for the standard ones. */
  userScopes: z.array(z.string()),
  resources: z.array(z.object({ name: z.string(), scopes: z.array(describedScope) })),
  /** Organizations to choose from; empty when the application asks for none. */
  organizations: z.array(z.object({ id: z.string(), name: z.string(), ...logos, isChosen: z.boolean() })),
  /** How many of them may be chosen. */
  choice: z.enum(['one', 'many']),
});

/** A form of the protocol engine: where it posts to, and the hidden fields that the engine wants back. */
const engineForm = { action: z.string(), fields: z.record(z.string(), z.string()) };

/** The device flow's first page (RFC 8628 §3.3): posts `user_code`. */
const devicePage = z.object({ ...withForm, ...engineForm, page: z.literal('device'), userCode: z.string().optional() });

/** The same code must be on the device's screen: posts `confirm=yes`, or `abort=yes`. */
const deviceConfirmPage = z.object({
  ...withFrame,
  ...engineForm,
  page: z.literal('device-confirm'),
  applicationName: z.string(),
  userCode: z.string(),
});

/** The end-session form: `logout=yes` ends the session, without it the user stays signed in. */
const signOutPage = z.object({
  ...withFrame,
  ...engineForm,
  page: z.literal('sign-out'),
  applicationName: z.string().optional(),
  /** The application's request is trustworthy: with JavaScript no click is needed. */
  autoSubmit: z.boolean(),
  /** Somebody else has just signed in to this browser, for whom the session makes room: nothing is asked. */
  isSwitch: z.boolean().optional(),
});

/** A message for another site that the browser brings there, as SAML's HTTP-POST binding does. */
const handOverPage = z.object({
  ...withFrame,
  ...engineForm,
  page: z.literal('hand-over'),
  applicationName: z.string().optional(),
  autoSubmit: z.boolean(),
});

const signedOutPage = z.object({ ...withFrame, page: z.literal('signed-out') });

/** An administrator's recovery link was opened; the next sign-in in this browser uses it. */
const mfaRecoveryPage = z.object({ ...withFrame, page: z.literal('mfa-recovery'), backHref: z.string().optional() });

const deviceDonePage = z.object({ ...withFrame, page: z.literal('device-done') });

/**
 * An invitation to an organization. POST /invitation/accept, which only an account of the address may;
 * POST /invitation/decline, which needs no account.
 */
const invitationPage = z.object({
  ...withForm,
  page: z.literal('invitation'),
  organization: z.string(),
  inviter: z.string().optional(),
  /** The invited address. */
  address: z.string(),
  /** Names of roles that come with it. */
  roles: z.array(z.string()),
  /** Who is signed in, and whether the invitation is theirs, or they get the address by accepting. */
  account: z.object({ name: z.string(), claim: z.enum(['own', 'new', 'none']) }).optional(),
  /** Where somebody signs in, or as somebody else. */
  signInHref: z.string(),
  registerHref: z.string().optional(),
});

/** `joined`: the visitor is the one who has accepted. */
const invitationEndedPage = z.object({
  ...withFrame,
  page: z.literal('invitation-ended'),
  outcome: z.enum(['joined', 'accepted', 'declined', 'revoked', 'expired']),
  organization: z.string(),
  continueHref: z.string().optional(),
});

const errorPage = z.object({
  ...withFrame,
  page: z.literal('error'),
  /** An OAuth error or a wire code; one without words of its own gets general ones. */
  code: z.string(),
  /** For `connector.*` codes: `connector`, its name, and `error` as the connector reported it. */
  data: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
  /** For developers, in English, shown folded. */
  detail: z.string().optional(),
  requestId: z.string().optional(),
  backHref: z.string().optional(),
});

const withBack = { ...withFrame, backHref: z.string().optional() };

/** The flow's cookie or row is gone. */
const sessionLostPage = z.object({ ...withBack, page: z.literal('session-lost') });

const suspendedPage = z.object({ ...withBack, page: z.literal('suspended') });

const notFoundPage = z.object({ ...withBack, page: z.literal('not-found') });

/** Everything the hosted pages can show. */
export const pageModel = z.discriminatedUnion('page', [
  entry.signInPage,
  entry.enterPasswordPage,
  entry.enterCodePage,
  entry.registerPage,
  entry.offerRegisterPage,
  entry.offerSignInPage,
  entry.forgotPasswordPage,
  entry.resetPasswordPage,
  entry.setPasswordPage,
  entry.profilePage,
  entry.linkAccountPage,
  entry.singleSignOnPage,
  entry.oneTimeTokenPage,
  entry.switchAccountPage,
  entry.oneTapPage,
  entry.linkEndedPage,
  factors.mfaVerifyPage,
  factors.mfaSetupPage,
  factors.bindTotpPage,
  factors.bindPasskeyPage,
  factors.bindBackupCodesPage,
  factors.bindAddressPage,
  consentPage,
  devicePage,
  deviceConfirmPage,
  deviceDonePage,
  signOutPage,
  handOverPage,
  signedOutPage,
  mfaRecoveryPage,
  invitationPage,
  invitationEndedPage,
  errorPage,
  sessionLostPage,
  suspendedPage,
  notFoundPage,
]);
export type PageModel = z.infer<typeof pageModel>;
export type PageName = PageModel['page'];
export type PageOf<Name extends PageName> = Extract<PageModel, { page: Name }>;

/** What the preview can show: every page in its usual state, and states that look different. */
export const previewPages = [
  ...pageModel.options.map((option) => option.shape.page.value),
  'sign-in-by-any',
  'sign-in-refused',
  'sign-in-after-reset',
  'sign-in-social-only',
  'sign-in-unavailable',
  'link-ended-signed-in',
  'link-ended-recovery',
  'enter-code-refused',
  'register-by-address',
  'register-refused',
  'register-first-administrator',
  'forgot-password-expired',
  'profile-fields',
  'profile-address',
  'link-account-by-social',
  'single-sign-on-choice',
  'mfa-verify-passkey',
  'mfa-verify-backup-code',
  'mfa-verify-email',
  'mfa-setup-required',
  'mfa-setup-another',
  'bind-passkey-factor',
  'consent-organizations',
  'invitation-signed-in',
  'invitation-new-address',
  'invitation-other-account',
  'invitation-joined',
] as const;
export type PreviewPage = (typeof previewPages)[number];

/** What `apps/sign-in/dist/server/render.js` exports; the server imports nothing else of the pages. */
export interface SignInPages {
  /** A whole HTML document. `phrases`: the tenant's texts, whole, in the frame's language. */
  render(page: PageModel, phrases: object): string;
  /** The pages of `previewPages` with sample content, laid into a frame of the tenant's. */
  samples(frame: PageFrame): Record<PreviewPage, PageModel>;
}
