import { createDecipheriv, createHash, getHashes, pbkdf2, scrypt } from 'node:crypto';
import { promisify } from 'node:util';
import { verify as verifyBcrypt } from '@node-rs/bcrypt';
import { z } from 'zod';
import { equalSecrets } from '../../kernel/secrets.ts';
import type { PasswordAlgorithm } from './users.contract.ts';
import { fail } from './users.errors.ts';

/**
 * Digests that other systems made (features 14), accepted until their owner signs in for the first time:
 * then the password is hashed anew with our own algorithm.
 */

const run = { pbkdf2: promisify(pbkdf2), scrypt: promisify(scrypt) as (...args: ScryptArguments) => Promise<Buffer> };
type ScryptArguments = [
  password: string,
  salt: Buffer,
  length: number,
  options: { N: number; r: number; p: number; maxmem: number },
];

/** `Legacy`: the algorithm, its arguments with `@` where the password goes, and the digest. */
const legacyFormat = z.tuple([
  z.string().min(1),
  z.array(z.union([z.string(), z.number()]).transform(String)),
  z.string(),
]);

/** Marks the place of the password among the arguments. */
const PASSWORD = '@';
/** Bounds of the work that one check may cost, because the parameters come from outside. */
const MAX_ITERATIONS = 5_000_000;
const MAX_KEY_BYTES = 1024;
const MAX_SCRYPT_BYTES = 128 * 1024 * 1024;

type Check = (password: string) => Promise<boolean>;

const malformed = (cause?: unknown) => fail('password.invalid_legacy_password_format', { cause });

const wholeNumber = (text: string | undefined, max: number): number => {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1 || value > max) throw malformed();
  return value;
};

const saltOf = (text: string): Buffer =>
  text.startsWith('hex:') ? Buffer.from(text.slice('hex:'.length), 'hex') : Buffer.from(text, 'utf8');

function pbkdf2Check(parameters: string[], digest: string): Check {
  const [salt = '', iterations, length, hash = ''] = parameters;
  const rounds = wholeNumber(iterations, MAX_ITERATIONS);
  const bytes = wholeNumber(length, MAX_KEY_BYTES);
  if (!getHashes().includes(hash))
    throw fail('password.unsupported_legacy_hash_algorithm', { data: { algorithm: hash } });
  return async (password) =>
    equalSecrets((await run.pbkdf2(password, saltOf(salt), rounds, bytes, hash)).toString('hex'), digest.toLowerCase());
}

/** Firebase's variant: the key that scrypt gives encrypts the project's signer key, and the result is the digest. */
function firebaseCheck(parameters: string[], digest: string): Check {
  const [salt = '', signerKey = '', saltSeparator = '', rounds, memoryCost] = parameters;
  const r = wholeNumber(rounds, 64);
  const N = 2 ** wholeNumber(memoryCost, 20);
  if (128 * N * r > MAX_SCRYPT_BYTES) throw malformed();
  const saltBytes = Buffer.concat([Buffer.from(salt, 'base64'), Buffer.from(saltSeparator, 'base64')]);
  return async (password) => {
    const key = await run.scrypt(password, saltBytes, 32, { N, r, p: 1, maxmem: 2 * MAX_SCRYPT_BYTES });
    // In counter mode encryption and decryption are the same.
    const cipher = createDecipheriv('aes-256-ctr', key, Buffer.alloc(16));
    const sealed = Buffer.concat([cipher.update(Buffer.from(signerKey, 'base64')), cipher.final()]);
    return equalSecrets(sealed.toString('base64'), digest);
  };
}

function hashCheck(algorithm: string, parameters: string[], digest: string): Check {
  if (!getHashes().includes(algorithm))
    throw fail('password.unsupported_legacy_hash_algorithm', { data: { algorithm } });
  if (!parameters.includes(PASSWORD)) throw malformed();
  return async (password) => {
    const text = parameters.map((part) => (part === PASSWORD ? password : part)).join('');
    return equalSecrets(createHash(algorithm).update(text).digest('hex'), digest.toLowerCase());
  };
}

function legacyCheck(stored: string): Check {
  let json: unknown;
  try {
    json = JSON.parse(stored);
  } catch (error) {
    throw malformed(error);
  }
  const parsed = legacyFormat.safeParse(json);
  if (!parsed.success) throw malformed(parsed.error);
  const [algorithm, all, digest] = parsed.data;
  const parameters = all.filter((part) => part !== PASSWORD);
  if (algorithm === 'pbkdf2') return pbkdf2Check(parameters, digest);
  if (algorithm === 'firebase-scrypt') return firebaseCheck(parameters, digest);
  return hashCheck(algorithm, all, digest);
}

const plainCheck =
  (hash: string, digest: string): Check =>
  async (password) =>
    equalSecrets(createHash(hash).update(password).digest('hex'), digest.toLowerCase());

/** How to check a digest of `algorithm`; refuses one that could never match. Argon2 is the kernel's own affair. */
export function importedCheck(algorithm: Exclude<PasswordAlgorithm, `Argon2${string}`>, digest: string): Check {
  switch (algorithm) {
    case 'MD5':
      return plainCheck('md5', digest);
    case 'SHA1':
      return plainCheck('sha1', digest);
    case 'SHA256':
      return plainCheck('sha256', digest);
    case 'Bcrypt':
      return (password) => verifyBcrypt(password, digest);
    case 'Legacy':
      return legacyCheck(digest);
  }
}
