import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose';
import type { Egress } from '../src/kernel/egress.ts';

/** Google as One Tap knows it: its keys, and the ID tokens that its script brings to a page. */

export const CLIENT_ID = '1234-latchkey.apps.googleusercontent.com';
const { privateKey, publicKey } = await generateKeyPair('RS256');
/** A key that is not Google's. */
export const { privateKey: strangersKey } = await generateKeyPair('RS256');
const keys = { keys: [{ ...(await exportJWK(publicKey)), kid: 'google', alg: 'RS256', use: 'sig' }] };

/** Google's keys are all that is asked for. */
export const googleEgress: Egress = async (url) =>
  String(url) === 'https://www.googleapis.com/oauth2/v3/certs'
    ? Response.json(keys)
    : Promise.reject(new Error(`${url} was not expected`));

/** What Google's script answers. */
export const credential = (claims: JWTPayload, { key = privateKey } = {}): Promise<string> =>
  new SignJWT({
    iss: 'https://accounts.google.com',
    aud: CLIENT_ID,
    azp: CLIENT_ID,
    name: 'Hana Sato',
    email: `${claims.sub}@example.com`,
    email_verified: true,
    jti: crypto.randomUUID(),
    ...claims,
  })
    .setProtectedHeader({ alg: 'RS256', kid: 'google' })
    .setIssuedAt()
    .setExpirationTime(claims.exp ?? '1h')
    .sign(key);
