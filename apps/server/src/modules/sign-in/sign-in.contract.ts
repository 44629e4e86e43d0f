import { z } from 'zod';

export { csrfField, signInAssetsPath, signInPaths } from './sign-in.paths.ts';

/**
 * What the sign-in engine hands to the hosted pages: one model a page, plain data, no markup.
 * The pages say it in the user's language; nothing in here is translated already, except names that people gave.
 */

const identifierType = z.enum(['username', 'email', 'phone']);
export type IdentifierType = z.infer<typeof identifierType>;

/** A wire error code (`user.username_already_in_use`) with its variables, at a field or at the whole form. */
const formError = z.object({
  field: z.string().optional(),
  code: z.string(),
  data: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
});
export type FormError = z.infer<typeof formError>;

const branding = z.object({
  /** The application's or the tenant's name, shown in the title and, without a logo, above the form. */
  displayName: z.string().optional(),
  logoUrl: z.string().optional(),
  darkLogoUrl: z.string().optional(),
  favicon: z.string().optional(),
  primaryColor: z.string(),
  darkPrimaryColor: z.string(),
  /** `system` when dark mode is enabled, else `light`; the Console's preview forces one. */
  colorScheme: z.enum(['system', 'light', 'dark']),
  customCss: z.string().optional(),
  hideLogtoBranding: z.boolean(),
});

/** Shared by every page. */
export const pageFrame = z.object({
  branding,
  /** BCP 47 tag of the language the user reads; a language without phrases is shown in English. */
  language: z.string(),
  dir: z.enum(['ltr', 'rtl']),
  termsOfUseUrl: z.string().optional(),
  privacyPolicyUrl: z.string().optional(),
  support: z.object({ email: z.string().optional(), websiteUrl: z.string().optional() }).optional(),
  /** The tenant's path prefix: empty or `/t/<tenantId>`. */
  basePath: z.string(),
  /** The client id of this flow; it rides on form targets and links, so that two apps in one browser do not meet. */
  appId: z.string().optional(),
  csrf: z.string(),
  /** The nonce of the page's Content-Security-Policy for its own style and script. */
  nonce: z.string(),
  /** In the Console's preview nothing can be submitted or followed. */
  preview: z.boolean(),
});
export type PageFrame = z.infer<typeof pageFrame>;

/** A link that starts a social sign-in: `GET <basePath>/social/<connectorId>`, refused without the flow's cookie. */
const socialButton = z.object({
  target: z.string(),
  connectorId: z.string(),
  name: z.string(),
  logo: z.string(),
  logoDark: z.string().optional(),
  href: z.string(),
});
export type SocialButton = z.infer<typeof socialButton>;

/** The tenant's password rules as far as the page can tell the user beforehand; the server alone decides. */
const passwordRules = z.object({
  minLength: z.number(),
  maxLength: z.number(),
  minCharacterTypes: z.number(),
  rejectsRepetitionAndSequence: z.boolean(),
  rejectsUserInfo: z.boolean(),
  rejectsPwned: z.boolean(),
  rejectsWords: z.boolean(),
});
export type PasswordRules = z.infer<typeof passwordRules>;

/** `implied`: a sentence by the button; `checkbox`: field `agreement=accepted` must be sent. Shown only with a URL. */
const agreement = z.enum(['implied', 'checkbox']);

const withFrame = { frame: pageFrame };
const withErrors = { errors: z.array(formError) };

/** POST /sign-in: `identifier`, `password`. */
const signInPage = z.object({
  ...withFrame,
  ...withErrors,
  page: z.literal('sign-in'),
  applicationName: z.string().optional(),
  /** Identifiers that a password may follow; empty: social buttons only, no form. */
  identifiers: z.array(identifierType),
  /** What the user typed before, or the login hint. */
  identifier: z.string().optional(),
  social: z.array(socialButton),
  canRegister: z.boolean(),
  agreement,
});

/** POST /register: `username`, `password`, `agreement`. */
const registerPage = z.object({
  ...withFrame,
  ...withErrors,
  page: z.literal('register'),
  applicationName: z.string().optional(),
  /** The set-up link's page: the account becomes the first administrator. */
  isFirstAdministrator: z.boolean(),
  /** Identifiers a new account is made with; empty: social buttons only, no form. */
  identifiers: z.array(z.literal('username')),
  username: z.string().optional(),
  passwordRules,
  social: z.array(socialButton),
  canSignIn: z.boolean(),
  agreement,
});

/** POST /profile: `username` and `password` as far as they are missing, `agreement`; POST /cancel leaves. */
const profilePage = z.object({
  ...withFrame,
  ...withErrors,
  page: z.literal('profile'),
  missing: z.array(z.enum(['username', 'password'])),
  username: z.string().optional(),
  passwordRules,
  /** The connector the user came through, if any. */
  connectorName: z.string().optional(),
  agreement,
});

/** POST /link-account: `password` of the existing account; POST /cancel leaves. */
const linkAccountPage = z.object({
  ...withFrame,
  ...withErrors,
  page: z.literal('link-account'),
  connectorName: z.string(),
  /** The verified address both accounts share: the user's own, as the provider told it. */
  address: z.string(),
  /** Without a password the account can only be proved by one of its social accounts. */
  hasPassword: z.boolean(),
  social: z.array(socialButton),
});

/** POST /set-password: `token` (hidden), `password`. */
const setPasswordPage = z.object({
  ...withFrame,
  ...withErrors,
  page: z.literal('set-password'),
  token: z.string(),
  username: z.string(),
  passwordRules,
});

/** POST /consent: `decision=allow` or `decision=deny`. */
const consentPage = z.object({
  ...withFrame,
  ...withErrors,
  page: z.literal('consent'),
  application: z.object({
    name: z.string(),
    logoUrl: z.string().optional(),
    darkLogoUrl: z.string().optional(),
    termsOfUseUrl: z.string().optional(),
    privacyPolicyUrl: z.string().optional(),
  }),
  /** Who is signed in: name, username or address. */
  account: z.string(),
  /** Where the answer goes; shown, so that a look-alike can be told apart. */
  redirectHost: z.string().optional(),
  /** OIDC scopes by name; the page has words for the standard ones. */
  userScopes: z.array(z.string()),
  resources: z.array(
    z.object({
      name: z.string(),
      scopes: z.array(z.object({ name: z.string(), description: z.string().optional() })),
    }),
  ),
});

/** The end-session form: `logout=yes` ends the session, without it the user stays signed in. */
const signOutPage = z.object({
  ...withFrame,
  page: z.literal('sign-out'),
  applicationName: z.string().optional(),
  /** Where the form posts to, and the hidden fields the protocol engine wants back. */
  action: z.string(),
  fields: z.record(z.string(), z.string()),
  /** The application's request is trustworthy: with JavaScript no click is needed. */
  autoSubmit: z.boolean(),
});

const signedOutPage = z.object({ ...withFrame, page: z.literal('signed-out') });

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

/** The flow's cookie or row is gone. */
const sessionLostPage = z.object({
  ...withFrame,
  page: z.literal('session-lost'),
  backHref: z.string().optional(),
});

const suspendedPage = z.object({ ...withFrame, page: z.literal('suspended'), backHref: z.string().optional() });

const notFoundPage = z.object({ ...withFrame, page: z.literal('not-found'), backHref: z.string().optional() });

/** Everything the hosted pages can show. */
export const pageModel = z.discriminatedUnion('page', [
  signInPage,
  registerPage,
  profilePage,
  linkAccountPage,
  setPasswordPage,
  consentPage,
  signOutPage,
  signedOutPage,
  errorPage,
  sessionLostPage,
  suspendedPage,
  notFoundPage,
]);
export type PageModel = z.infer<typeof pageModel>;
export type PageName = PageModel['page'];
export type PageOf<Name extends PageName> = Extract<PageModel, { page: Name }>;

/** What `apps/sign-in/dist/server/render.js` exports; the server imports nothing else of the pages. */
export interface SignInPages {
  /** A whole HTML document. */
  render(page: PageModel): string;
  /** Languages the pages have words for, for choosing one. */
  languages: readonly string[];
}
