import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto';

/**
 * Envelope encryption of secrets at rest (AES-256-GCM).
 * Each value has a random data key of its own, wrapped by the master key, so that rotating the master key
 * re-wraps 32 bytes a value, and one master key never encrypts more than random keys.
 * Text form: `v1.<master key id>.<base64url of wrapped key | iv | tag | ciphertext>`.
 */
export interface SecretBox {
  /** `purpose` is bound as associated data: a value moved to another column or row does not decrypt. */
  seal(plain: string, purpose: string): string;
  open(sealed: string, purpose: string): string;
  /** True when the value is sealed by a previous master key and should be sealed anew. */
  isStale(sealed: string): boolean;
}

const IV = 12;
const TAG = 16;
const KEY = 32;

const masterKeyId = (key: Buffer): string => createHash('sha256').update(key).digest('base64url').slice(0, 8);

function encrypt(key: Buffer, plain: Buffer, associated: string): Buffer {
  const iv = randomBytes(IV);
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(associated));
  const body = Buffer.concat([cipher.update(plain), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), body]);
}

function decrypt(key: Buffer, box: Buffer, associated: string): Buffer {
  const decipher = createDecipheriv('aes-256-gcm', key, box.subarray(0, IV)).setAAD(Buffer.from(associated));
  decipher.setAuthTag(box.subarray(IV, IV + TAG));
  return Buffer.concat([decipher.update(box.subarray(IV + TAG)), decipher.final()]);
}

/** `keys[0]` seals; the others only open what was sealed before a rotation. Each is 32 bytes. */
export function createSecretBox(keys: readonly Buffer[]): SecretBox {
  const current = keys[0];
  if (!current) throw new Error('a master key is required');
  const byId = new Map(keys.map((key) => [masterKeyId(key), key]));
  const currentId = masterKeyId(current);
  const wrappedLength = IV + TAG + KEY;

  return {
    seal(plain, purpose) {
      const dataKey = randomBytes(KEY);
      const wrapped = encrypt(current, dataKey, purpose);
      const box = encrypt(dataKey, Buffer.from(plain, 'utf8'), purpose);
      return `v1.${currentId}.${Buffer.concat([wrapped, box]).toString('base64url')}`;
    },
    open(sealed, purpose) {
      const [version, id = '', text = ''] = sealed.split('.');
      const key = byId.get(id);
      if (version !== 'v1' || !key) throw new Error('sealed by an unknown master key: restore SECRET_KEY');
      const bytes = Buffer.from(text, 'base64url');
      const dataKey = decrypt(key, bytes.subarray(0, wrappedLength), purpose);
      return decrypt(dataKey, bytes.subarray(wrappedLength), purpose).toString('utf8');
    },
    isStale: (sealed) => sealed.split('.')[1] !== currentId,
  };
}

/** A key for another use (cookies, CSRF), derived from the master key so that the uses stay apart. */
export function deriveKey(master: Buffer, use: string): Buffer {
  return Buffer.from(hkdfSync('sha256', master, Buffer.alloc(0), `latchkey:${use}`, 32));
}

/** What is stored of a secret that only needs recognising (codes, opaque tokens, one-time links). */
export const hashSecret = (secret: string): string => createHash('sha256').update(secret).digest('base64url');

/** Compares in constant time; both sides are hashed first, so that lengths do not tell either. */
export function equalSecrets(a: string, b: string): boolean {
  const digest = (value: string) => createHash('sha256').update(value).digest();
  return timingSafeEqual(digest(a), digest(b));
}
