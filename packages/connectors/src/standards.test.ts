import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { ConnectorContext } from '@latchkey/connector-kit';
import { createBoundedFetch } from '@latchkey/connector-kit/testing';
import { jwtVerify } from 'jose';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { oauth2 } from './oauth2.ts';
import { oidc } from './oidc.ts';

const context: ConnectorContext = { fetch: createBoundedFetch(10_000), now: () => new Date() };
const SECRET = 'a-secret-of-at-least-thirty-two-bytes';

/** A provider whose two answers the test writes. */
let tokenAnswer = '';
let userInfo: unknown = {};
let tokenForm = new URLSearchParams();
const server = createServer(async (request, response) => {
  if (request.url !== '/token') return response.end(JSON.stringify(userInfo));
  tokenForm = new URLSearchParams(await text(request));
  return response.end(tokenAnswer);
});
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
afterAll(() => server.close());
beforeEach(() => {
  tokenAnswer = JSON.stringify({ access_token: 'token', token_type: 'bearer' });
  userInfo = { id: 42 };
});

const base = {
  authorizationEndpoint: `${origin}/auth`,
  tokenEndpoint: `${origin}/token`,
  userInfoEndpoint: `${origin}/me`,
  clientId: 'client',
  clientSecret: SECRET,
};

async function signIn(more: Record<string, unknown> = {}) {
  const config = { ...base, ...more };
  const { session } = await oauth2.authorizationUri({ config, state: 's', redirectUri: `${origin}/back` }, context);
  return oauth2.userInfo({ config, params: { code: 'c', state: 's' }, session }, context);
}

describe('OAuth 2.0', () => {
  it('reads a token answer in form encoding, unless JSON is demanded', async () => {
    tokenAnswer = 'access_token=token&token_type=bearer';
    expect(await signIn()).toMatchObject({ id: '42' });
    await expect(signIn({ tokenEndpointResponseType: 'json' })).rejects.toMatchObject({ code: 'invalid_response' });
  });

  it('authenticates by a signed JWT for this token endpoint (RFC 7523 §2.2)', async () => {
    await signIn({ tokenEndpointAuthMethod: 'client_secret_jwt', clientSecretJwtSigningAlgorithm: 'HS512' });
    expect(tokenForm.get('client_assertion_type')).toBe('urn:ietf:params:oauth:client-assertion-type:jwt-bearer');
    expect(tokenForm.get('client_secret')).toBeNull();
    const { payload } = await jwtVerify(tokenForm.get('client_assertion') ?? '', Buffer.from(SECRET), {
      algorithms: ['HS512'],
      audience: base.tokenEndpoint,
      issuer: 'client',
      subject: 'client',
    });
    expect(payload.jti).toMatch(/^[\w-]{43}$/);
  });

  it.each([
    [{}, {}, undefined],
    [{ email_verified: true }, {}, 'a@example.com'],
    [{ email_verified: 'true' }, {}, undefined],
    [{}, { trustUnverifiedEmail: true }, 'a@example.com'],
  ])('takes an address of %j under %j as %s', async (told, config, email) => {
    userInfo = { id: 42, email: 'a@example.com', ...told };
    expect((await signIn(config)).email).toBe(email);
  });

  it('reads members by their paths, never what every object has', async () => {
    userInfo = { data: { user: { id: 'x', nick: 'Hana' } } };
    const user = await signIn({ profileMap: { id: 'data.user.id', name: 'data.user.nick' } });
    expect(user).toMatchObject({ id: 'x', name: 'Hana' });
    await expect(signIn({ profileMap: { id: 'constructor.name' } })).rejects.toMatchObject({
      code: 'invalid_response',
      data: { path: 'constructor.name' },
    });
  });

  it('adds the operator’s parameters, but lets none take the place of the protocol’s', async () => {
    const config = { ...base, customConfig: { audience: 'x', state: 'mine', redirect_uri: 'https://evil.example' } };
    const { uri } = await oauth2.authorizationUri({ config, state: 's', redirectUri: `${origin}/back` }, context);
    expect(Object.fromEntries(new URL(uri).searchParams)).toMatchObject({
      audience: 'x',
      state: 's',
      redirect_uri: `${origin}/back`,
    });
  });
});

describe('OpenID Connect', () => {
  const config = {
    ...base,
    idTokenVerificationConfig: '{"jwksUri":"https://id.example/keys","issuer":"https://id.example"}',
    authRequestOptionalConfig: { prompt: 'login', maxAge: 60, uiLocales: 'ja' },
    customConfig: '{"nonce":"mine","hd":"example.com"}',
  };

  it('sends the options of the request under the protocol’s names', async () => {
    const { uri, session } = await oidc.authorizationUri(
      { config, state: 's', redirectUri: 'https://a.example' },
      context,
    );
    expect(Object.fromEntries(new URL(uri).searchParams)).toMatchObject({
      prompt: 'login',
      max_age: '60',
      ui_locales: 'ja',
      hd: 'example.com',
      nonce: session.nonce,
    });
  });

  it.each([
    [{ tokenEndpoint: 'http://id.example/token' }, 'tokenEndpoint'],
    [{ authorizationEndpoint: 'javascript:alert(1)' }, 'authorizationEndpoint'],
    [{ idTokenVerificationConfig: '{' }, 'idTokenVerificationConfig'],
    [{ idTokenVerificationConfig: { jwksUri: 'https://id.example/keys' } }, 'idTokenVerificationConfig.issuer'],
  ])('invalid_config for %j', async (wrong, members) => {
    const attempt = oidc.authorizationUri(
      { config: { ...config, ...wrong }, state: 's', redirectUri: 'https://a.example' },
      context,
    );
    await expect(attempt).rejects.toMatchObject({ code: 'invalid_config', data: { members } });
  });
});
