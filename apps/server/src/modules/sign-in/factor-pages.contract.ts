import { z } from 'zod';
import { factorType } from '../factors/factors.contract.ts';
import { addressType, ceremonyOptions, withCode, withForm } from './page-frame.contract.ts';

/** Pages of second factors and passkeys. */

/** Other factors to use instead, in order: POST /mfa-verification/factor with field `factor`. */
const others = z.array(factorType);

/** POST /mfa-verification: `code`, or `credential`; `trustDevice`; POST /mfa-verification/factor also sends a code anew. */
export const mfaVerifyPage = z.object({
  ...withForm,
  recipient: withCode.recipient.optional(),
  resendAfter: withCode.resendAfter.optional(),
  page: z.literal('mfa-verify'),
  factor: factorType,
  /** Only with `WebAuthn`. */
  options: ceremonyOptions.optional(),
  /** Days for which this device will not be asked again, when `trustDevice=yes` is sent. */
  trustDays: z.number().optional(),
  others,
});

/** POST /mfa-setup: `factor`; POST /mfa-setup/skip where allowed. */
export const mfaSetupPage = z.object({
  ...withForm,
  page: z.literal('mfa-setup'),
  /** `required`: by the tenant or an organization; `offered`: once; `another`: beside the one there is. */
  reason: z.enum(['required', 'offered', 'another']),
  factors: z.array(factorType),
  canSkip: z.boolean(),
});

/** Other factors to set up instead: POST /mfa-setup with field `factor`. */
const withOthers = { ...withForm, others, canSkip: z.boolean() };

/** POST /mfa-binding: `code`. */
export const bindTotpPage = z.object({
  ...withOthers,
  page: z.literal('bind-totp'),
  /** Base32. */
  secret: z.string(),
  /** PNG as data URL. */
  qrCode: z.string(),
  /** `otpauth:` address, for an app on this very device. */
  uri: z.string().optional(),
});

/** POST /mfa-binding: `credential`, `name`. */
export const bindPasskeyPage = z.object({
  ...withOthers,
  page: z.literal('bind-passkey'),
  /** `factor`: a second factor; `sign-in`: to sign in without a password from now on. */
  purpose: z.enum(['factor', 'sign-in']),
  options: ceremonyOptions,
});

/** POST /mfa-binding: nothing else; the codes are shown this once. */
export const bindBackupCodesPage = z.object({
  ...withForm,
  page: z.literal('bind-backup-codes'),
  codes: z.array(z.string()),
});

/** POST /mfa-binding: `identifier`; page `enter-code` follows. */
export const bindAddressPage = z.object({
  ...withOthers,
  page: z.literal('bind-address'),
  channel: addressType,
  identifier: z.string().optional(),
});
