import { Secret, TOTP } from 'otpauth';

/** RFC 6238 as every authenticator app has it: SHA-1, six digits, thirty seconds, 160 bits of secret. */
const PARAMETERS = { algorithm: 'SHA1', digits: 6, period: 30 } as const;
const SECRET_BYTES = 20;
/** A code of the step before or after is accepted too (RFC 6238 §5.2). */
const WINDOW = 1;

/** A secret that an authenticator app may be given. */
export interface TotpSecret {
  /** Base32. */
  secret: string;
  /** The `otpauth:` address as a PNG picture in a data URL. */
  secretQrCode: string;
}

export const newTotpSecret = (): string => new Secret({ size: SECRET_BYTES }).base32;

/** True for base32 of at least 80 bits, which some apps still make; RFC 4226 §4 asks for 128. */
export const isTotpSecret = (secret: string): boolean => /^[A-Z2-7]{16,128}=*$/.test(secret);

/** What a user scans or types: named by who issues it and whose it is. */
export async function describeTotpSecret(
  secret: string,
  owner: { issuer: string; label: string },
): Promise<TotpSecret & { uri: string }> {
  const uri = new TOTP({ ...PARAMETERS, ...owner, secret: Secret.fromBase32(secret) }).toString();
  const { default: qrCode } = await import('qrcode');
  return { secret, uri, secretQrCode: await qrCode.toDataURL(uri) };
}

/** The time step that the code belongs to, when it is one of the secret's around now. */
export function totpStepOf(secret: string, code: string, now: Date): number | undefined {
  if (!/^\d{6}$/.test(code)) return undefined;
  const totp = new TOTP({ ...PARAMETERS, secret: Secret.fromBase32(secret) });
  const timestamp = now.getTime();
  const delta = totp.validate({ token: code, timestamp, window: WINDOW });
  return delta === null ? undefined : totp.counter({ timestamp }) + delta;
}
