import { generateKeyPair, type KeyObject, randomBytes, sign } from 'node:crypto';
import { promisify } from 'node:util';

/** A private key with the certificate by which others know it. */
export interface SigningKey {
  /** PKCS #8 in PEM. */
  privateKey: string;
  /** X.509 in PEM. */
  certificate: string;
}

// X.690: identifier, length, content. What follows is all of DER that RFC 5280 §4.1 needs here.
function der(tag: number, ...content: Uint8Array[]): Buffer {
  const body = Buffer.concat(content);
  if (body.length < 128) return Buffer.concat([Buffer.from([tag, body.length]), body]);
  const length = Buffer.from(body.length.toString(16).replace(/^(?=(?:..)*.$)/, '0'), 'hex');
  return Buffer.concat([Buffer.from([tag, 0x80 | length.length]), length, body]);
}
const sequence = (...members: Uint8Array[]) => der(0x30, ...members);
const time = (at: Date) => der(0x18, Buffer.from(at.toISOString().replace(/[-:T]|\.\d+/g, '')));

// sha256WithRSAEncryption, commonName
const SHA256_WITH_RSA = sequence(der(0x06, Buffer.from('2a864886f70d01010b', 'hex')), der(0x05));
const COMMON_NAME = der(0x06, Buffer.from('550403', 'hex'));

const pem = (label: string, bytes: Buffer) =>
  `-----BEGIN ${label}-----\n${(bytes.toString('base64').match(/.{1,64}/g) ?? []).join('\n')}\n-----END ${label}-----\n`;

function certify(name: string, keys: { publicKey: KeyObject; privateKey: KeyObject }, from: Date, until: Date): Buffer {
  const subject = sequence(der(0x31, sequence(COMMON_NAME, der(0x0c, Buffer.from(name)))));
  // A positive number, and no other one's.
  const serial = randomBytes(16);
  serial[0] = ((serial[0] ?? 0) & 0x7f) | 0x40;
  const body = sequence(
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, serial),
    SHA256_WITH_RSA,
    subject,
    sequence(time(from), time(until)),
    subject,
    keys.publicKey.export({ type: 'spki', format: 'der' }),
  );
  const signature = sign('sha256', body, keys.privateKey);
  return sequence(body, SHA256_WITH_RSA, der(0x03, Buffer.from([0]), signature));
}

/** An RSA key for SAML messages, in a certificate that it has signed itself: partners compare it, nobody issues it. */
export async function createSigningKey(name: string, from: Date, until: Date, bits = 2048): Promise<SigningKey> {
  const keys = await promisify(generateKeyPair)('rsa', { modulusLength: bits });
  return {
    privateKey: keys.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    certificate: pem('CERTIFICATE', certify(name, keys, from, until)),
  };
}
