import { z } from 'zod';
import { publicCaptchaConfig } from '../captcha-provider/captcha-provider.contract.ts';

/** What pages share: the frame around each, and the parts that several of them show. */

export const identifierType = z.enum(['username', 'email', 'phone']);
export type IdentifierType = z.infer<typeof identifierType>;

export const addressType = z.enum(['email', 'phone']);
export type AddressType = z.infer<typeof addressType>;

/** A wire error code (`user.username_already_in_use`) with its variables, at a field or at the whole form. */
const formError = z.object({
  field: z.string().optional(),
  code: z.string(),
  data: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
});
export type FormError = z.infer<typeof formError>;

const branding = z.object({
  /** The organization's, the application's or the tenant's name, shown in the title and, without a logo, above the form. */
  displayName: z.string().optional(),
  logoUrl: z.string().optional(),
  darkLogoUrl: z.string().optional(),
  favicon: z.string().optional(),
  darkFavicon: z.string().optional(),
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
  /** The tenant's own HTML for this page, made harmless. */
  content: z.string().optional(),
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
export const passwordRules = z.object({
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
export const agreement = z.enum(['implied', 'checkbox']);

/** Options of a WebAuthn ceremony as JSON text, for the script; what it answers is sent as field `credential`. */
export const ceremonyOptions = z.string();

export const withFrame = { frame: pageFrame };
export const withErrors = { errors: z.array(formError) };
export const withForm = { ...withFrame, ...withErrors };
export const withSocial = { social: z.array(socialButton) };

/** Sent as field `captchaToken` by pages that begin something; absent where none is asked for. */
export const withCaptcha = { captcha: publicCaptchaConfig.optional() };

/** What Google's script is told, in its own words; POST /sign-in/one-tap: `connectorId` and `credential`. */
const oneTapPrompt = z.object({
  connectorId: z.string(),
  client_id: z.string(),
  nonce: z.string(),
  auto_select: z.boolean(),
  cancel_on_tap_outside: z.boolean(),
  itp_support: z.boolean(),
});
export type OneTapPrompt = z.infer<typeof oneTapPrompt>;

/** Absent where no provider offers it, and after a form was refused. */
export const withOneTap = { oneTap: oneTapPrompt.optional() };

/** `resendAfter`: seconds until another code may be asked for. */
export const withCode = { recipient: z.string(), resendAfter: z.number() };
