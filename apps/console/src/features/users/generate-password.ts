/** 64 characters, so that six bits of a random byte pick each equally often. */
const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const LENGTH = 16;

/** A password of 96 random bits. */
export const generatePassword = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(LENGTH)), (byte) => alphabet[byte % alphabet.length]).join('');
