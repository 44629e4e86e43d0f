import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';

/**
 * A passkey authenticator in software, with the browser around it: written from the WebAuthn specification
 * independently of the library that the server checks with. One object is one device.
 */
export interface Authenticator {
  /** `navigator.credentials.create()`; `options` is what the server sent. */
  create(options: CreationOptions, circumstances?: Circumstances): RegistrationAnswer;
  /** `navigator.credentials.get()`. */
  get(options: RequestOptions, circumstances?: Circumstances): AuthenticationAnswer;
  /** What the device holds. */
  credentials: Credential[];
}

interface Credential {
  id: string;
  rpId: string;
  userHandle: string;
  privateKey: KeyObject;
  count: number;
}

/** What an attacker, or bad luck, makes different. */
interface Circumstances {
  /** Where the page was that asked. */
  origin?: string;
  rpId?: string;
  userVerified?: boolean;
  challenge?: string;
}

interface CreationOptions {
  rp: { id?: string };
  user: { id: string };
  challenge: string;
  excludeCredentials?: { id: string }[];
}

interface RequestOptions {
  challenge: string;
  rpId?: string;
  allowCredentials?: { id: string }[];
}

interface RegistrationAnswer {
  id: string;
  rawId: string;
  type: 'public-key';
  clientExtensionResults: Record<string, never>;
  response: { clientDataJSON: string; attestationObject: string; transports: 'internal'[] };
}

interface AuthenticationAnswer {
  id: string;
  rawId: string;
  type: 'public-key';
  clientExtensionResults: Record<string, never>;
  response: { clientDataJSON: string; authenticatorData: string; signature: string; userHandle: string };
}

const sha256 = (data: string | Buffer) => createHash('sha256').update(data).digest();
const base64url = (data: Buffer) => data.toString('base64url');

/** CBOR (RFC 8949 §3), as far as attestations need it: small integers, bytes, text and maps. */
function cbor(value: number | string | Buffer | Map<number | string, unknown>): Buffer {
  const head = (major: number, length: number): Buffer => {
    if (length < 24) return Buffer.from([(major << 5) | length]);
    if (length < 256) return Buffer.from([(major << 5) | 24, length]);
    return Buffer.from([(major << 5) | 25, length >> 8, length & 255]);
  };
  if (typeof value === 'number') return value >= 0 ? head(0, value) : head(1, -1 - value);
  if (typeof value === 'string') return Buffer.concat([head(3, Buffer.byteLength(value)), Buffer.from(value)]);
  if (Buffer.isBuffer(value)) return Buffer.concat([head(2, value.length), value]);
  const entries = [...value].flatMap(([key, field]) => [cbor(key), cbor(field as Parameters<typeof cbor>[0])]);
  return Buffer.concat([head(5, value.size), ...entries]);
}

/** A public key on P-256 in COSE form (RFC 9053 §7.1.1): ES256. */
function coseKey(publicKey: KeyObject): Buffer {
  const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
  return cbor(
    new Map<number, number | Buffer>([
      [1, 2],
      [3, -7],
      [-1, 1],
      [-2, Buffer.from(x, 'base64url')],
      [-3, Buffer.from(y, 'base64url')],
    ]),
  );
}

const PRESENT = 0x01;
const VERIFIED = 0x04;
const ATTESTED = 0x40;

/** `counts`: hardware keys count their uses; synchronised ones always say 0. */
export function createAuthenticator(origin: string, { counts = true } = {}): Authenticator {
  const credentials: Credential[] = [];

  const authenticatorData = (rpId: string, flags: number, count: number): Buffer => {
    const counter = Buffer.alloc(4);
    counter.writeUInt32BE(count);
    return Buffer.concat([sha256(rpId), Buffer.from([flags]), counter]);
  };
  const clientData = (type: string, challenge: string, from: string): Buffer =>
    Buffer.from(JSON.stringify({ type, challenge, origin: from, crossOrigin: false }));

  return {
    credentials,
    create(options, { origin: from = origin, rpId, userVerified = true, challenge = options.challenge } = {}) {
      const domain = rpId ?? options.rp.id ?? new URL(from).hostname;
      const id = randomBytes(16);
      const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
      credentials.push({ id: base64url(id), rpId: domain, userHandle: options.user.id, privateKey, count: 0 });
      const length = Buffer.from([id.length >> 8, id.length & 255]);
      const data = Buffer.concat([
        authenticatorData(domain, PRESENT | ATTESTED | (userVerified ? VERIFIED : 0), 0),
        Buffer.alloc(16),
        length,
        id,
        coseKey(publicKey),
      ]);
      const attestation = new Map<string, unknown>([
        ['fmt', 'none'],
        ['attStmt', new Map()],
        ['authData', data],
      ]);
      return {
        id: base64url(id),
        rawId: base64url(id),
        type: 'public-key',
        clientExtensionResults: {},
        response: {
          clientDataJSON: base64url(clientData('webauthn.create', challenge, from)),
          attestationObject: base64url(cbor(attestation)),
          transports: ['internal'],
        },
      };
    },
    get(options, { origin: from = origin, rpId, userVerified = true, challenge = options.challenge } = {}) {
      const allowed = options.allowCredentials?.map(({ id }) => id);
      const credential = credentials.findLast(({ id }) => !allowed || allowed.includes(id));
      if (!credential) throw new Error('this device has no such key');
      if (counts) credential.count += 1;
      const data = authenticatorData(
        rpId ?? options.rpId ?? credential.rpId,
        PRESENT | (userVerified ? VERIFIED : 0),
        credential.count,
      );
      const client = clientData('webauthn.get', challenge, from);
      return {
        id: credential.id,
        rawId: credential.id,
        type: 'public-key',
        clientExtensionResults: {},
        response: {
          clientDataJSON: base64url(client),
          authenticatorData: base64url(data),
          signature: base64url(sign('sha256', Buffer.concat([data, sha256(client)]), credential.privateKey)),
          userHandle: credential.userHandle,
        },
      };
    },
  };
}
