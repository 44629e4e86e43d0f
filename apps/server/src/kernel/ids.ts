import { randomBytes } from 'node:crypto';

const ALPHANUMERIC = '0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';
const LOWERCASE = '0123456789abcdefghijklmnopqrstuvwxyz';

/** Draws `length` characters uniformly: bytes beyond the largest multiple of the alphabet are thrown away, so no bias. */
function draw(alphabet: string, length: number): string {
  const limit = 256 - (256 % alphabet.length);
  let id = '';
  while (id.length < length) {
    for (const byte of randomBytes(length)) {
      if (byte < limit && id.length < length) id += alphabet[byte % alphabet.length];
    }
  }
  return id;
}

/** Id of most entities: 21 characters of 0-9a-zA-Z. */
export const standardId = (): string => draw(ALPHANUMERIC, 21);

/** Short id (users, connectors): 12 characters of 0-9a-z. */
export const shortId = (): string => draw(LOWERCASE, 12);

/** A secret that a person or program presents: 32 characters, about 190 bits. */
export const secretValue = (): string => draw(ALPHANUMERIC, 32);
