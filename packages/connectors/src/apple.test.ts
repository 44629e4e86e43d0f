import type { ConnectorContext } from '@latchkey/connector-kit';
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose';
import { describe, expect, it } from 'vitest';
import { apple } from './apple.ts';

const REDIRECT_URI = 'https://id.example.com/callback/apple';
const config = { clientId: 'com.example.web' };
const { privateKey, publicKey } = await generateKeyPair('RS256');
const keys = { keys: [{ ...(await exportJWK(publicKey)), kid: 'apple', alg: 'RS256', use: 'sig' }] };

/** Only Apple's keys are asked for; whatever else is, fails. */
const context: ConnectorContext = {
  now: () => new Date(),
  fetch: async (url) =>
    String(url) === 'https://appleid.apple.com/auth/keys'
      ? Response.json(keys)
      : Promise.reject(new Error(`${url} was not expected`)),
};

const start = () => apple.authorizationUri({ config, state: 's', redirectUri: REDIRECT_URI }, context);

const idToken = (claims: JWTPayload) =>
  new SignJWT({ iss: 'https://appleid.apple.com', aud: config.clientId, sub: '000.42', ...claims })
    .setProtectedHeader({ alg: 'RS256', kid: 'apple' })
    .setIssuedAt()
    .setExpirationTime('5m')
    .sign(privateKey);

async function signIn(claims: JWTPayload, params: Record<string, string | undefined> = {}) {
  const { session } = await start();
  const id_token = await idToken({ nonce: session.nonce, ...claims });
  return apple.userInfo({ config, params: { code: 'c', state: 's', id_token, ...params }, session }, context);
}

it('asks for the ID token by form post, with state and nonce', async () => {
  const { uri, session } = await start();
  expect(Object.fromEntries(new URL(uri).searchParams)).toEqual({
    response_type: 'code id_token',
    response_mode: 'form_post',
    client_id: config.clientId,
    redirect_uri: REDIRECT_URI,
    scope: 'name email',
    state: 's',
    nonce: session.nonce,
  });
});

describe('says who signed in', () => {
  it.each([
    [{ email: 'a@example.com', email_verified: true }, 'a@example.com'],
    [{ email: 'a@example.com', email_verified: 'true' }, 'a@example.com'],
    [{ email: 'a@example.com', email_verified: 'false' }, undefined],
    [{ email: 'a@example.com' }, undefined],
  ])('with %j', async (claims, email) => {
    expect(await signIn(claims)).toMatchObject({ id: '000.42', email });
  });

  it('with the name that comes the first time only', async () => {
    const user = JSON.stringify({ name: { firstName: 'Hana', lastName: 'Sato' }, email: 'other@example.com' });
    expect(await signIn({}, { user })).toMatchObject({ name: 'Hana Sato', email: undefined });
    expect((await signIn({}, { user: '{"name":' })).name).toBeUndefined();
    expect((await signIn({})).name).toBeUndefined();
  });
});

describe('social_invalid_id_token', () => {
  it.each([
    ['of another client', { aud: 'com.example.other' }],
    ['of another sign-in', { nonce: 'another' }],
    ['of another issuer', { iss: 'https://evil.example' }],
  ])('when it is %s', async (_title, claims) => {
    await expect(signIn(claims)).rejects.toMatchObject({ code: 'social_invalid_id_token' });
  });

  it('when it is left out', async () => {
    await expect(signIn({}, { id_token: undefined })).rejects.toMatchObject({ code: 'social_invalid_id_token' });
  });
});

it.each([[{ state: 'another' }], [{ state: undefined }], [{ error: 'user_cancelled_authorize' }]])(
  'authorization_failed for %j',
  async (params) => {
    await expect(signIn({}, params)).rejects.toMatchObject({ code: 'authorization_failed' });
  },
);
