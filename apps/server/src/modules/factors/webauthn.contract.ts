import { z } from 'zod';

/** WebAuthn as browsers have it in JSON (WebAuthn Level 3 §5.1.8 and §5.1.10). */

const base64url = z.string().regex(/^[\w-]+$/, 'must be base64url');
const transport = z.enum(['ble', 'cable', 'hybrid', 'internal', 'nfc', 'smart-card', 'usb']);
const descriptor = z.object({
  type: z.literal('public-key'),
  id: z.string(),
  transports: z.array(transport).optional(),
});
const extensions = z.object({
  appid: z.string().optional(),
  credProps: z.boolean().optional(),
  hmacCreateSecret: z.boolean().optional(),
});
const verification = z.enum(['required', 'preferred', 'discouraged']);
const attachment = z.enum(['cross-platform', 'platform']);

/** For `navigator.credentials.create()`. */
export const passkeyRegistrationOptions = z.object({
  rp: z.object({ name: z.string(), id: z.string().optional() }),
  user: z.object({ id: z.string(), name: z.string(), displayName: z.string() }),
  challenge: z.string(),
  pubKeyCredParams: z.array(z.object({ type: z.literal('public-key'), alg: z.number() })),
  timeout: z.number().optional(),
  excludeCredentials: z.array(descriptor).optional(),
  authenticatorSelection: z
    .object({
      authenticatorAttachment: attachment.optional(),
      requireResidentKey: z.boolean().optional(),
      residentKey: z.enum(['discouraged', 'preferred', 'required']).optional(),
      userVerification: verification.optional(),
    })
    .optional(),
  attestation: z.enum(['none', 'indirect', 'direct', 'enterprise']).optional(),
  extensions: extensions.optional(),
});

/** For `navigator.credentials.get()`. */
export const passkeyAuthenticationOptions = z.object({
  challenge: z.string(),
  timeout: z.number().optional(),
  rpId: z.string().optional(),
  allowCredentials: z.array(descriptor).optional(),
  userVerification: verification.optional(),
  extensions: extensions.optional(),
});

const answer = {
  type: z.literal('public-key'),
  id: base64url.max(1400),
  rawId: base64url.max(1400),
  authenticatorAttachment: attachment.optional(),
  clientExtensionResults: z.object({
    appid: z.boolean().optional(),
    crepProps: z.object({ rk: z.boolean().optional() }).optional(),
    hmacCreateSecret: z.boolean().optional(),
  }),
};
const bytes = base64url.max(65_536);

export const passkeyCreation = z.object({
  ...answer,
  response: z.object({
    clientDataJSON: bytes,
    attestationObject: bytes,
    authenticatorData: bytes.optional(),
    transports: z.array(transport).optional(),
    publicKeyAlgorithm: z.number().optional(),
    publicKey: bytes.optional(),
  }),
});

export const passkeyAnswer = z.object({
  ...answer,
  response: z.object({
    clientDataJSON: bytes,
    authenticatorData: bytes,
    signature: bytes,
    userHandle: z.string().max(128).optional(),
  }),
});
export type PasskeyRegistrationOptions = z.infer<typeof passkeyRegistrationOptions>;
export type PasskeyAuthenticationOptions = z.infer<typeof passkeyAuthenticationOptions>;

/**
 * What a browser can be told of an account's keys, and takes by two names: `signalAllAcceptedCredentials` and
 * `signalCurrentUserDetails` (WebAuthn §5.1.10). `userId` is base64url.
 */
export interface PasskeySignal {
  rpId: string;
  userId: string;
  name: string;
  displayName: string;
  allAcceptedCredentialIds: string[];
}
