import LogtoClient, { type Storage } from '@logto/node';
import * as oauth from 'oauth4webapi';
import * as openid from 'openid-client';
import { beforeAll, expect, test } from 'vitest';
import { createTestApp } from '../harness.ts';
import { createClient, SIGNED_OUT_URI, type TestClient } from '../protocol.ts';
import { signInOnPages } from './hosted-pages.ts';

const app = await createTestApp();
const READER = { username: 'reader', password: 'Paper-lamp-4-river' };
const RESOURCE = 'https://default.logto.app/api';
let web: TestClient;

beforeAll(async () => {
  web = await createClient(app);
  await app.modules.users.create(app.scope(), READER);
});

const signIn = (url: string) => signInOnPages(app.origin, url, READER);

test('@logto/node: sign-in, claims, userinfo, resource token, sign-out', async () => {
  const kept = new Map<string, string>();
  const storage: Storage<string> = {
    getItem: async (key) => kept.get(key) ?? null,
    setItem: async (key, value) => void kept.set(key, value),
    removeItem: async (key) => void kept.delete(key),
  };
  let navigated = '';
  const client = new LogtoClient(
    { endpoint: app.origin, appId: web.id, appSecret: web.secret ?? '', resources: [RESOURCE] },
    {
      storage,
      navigate: (url) => {
        navigated = url;
      },
    },
  );
  await client.signIn(web.redirectUri);
  await client.handleSignInCallback((await signIn(navigated)).href);
  expect(await client.isAuthenticated()).toBe(true);
  expect((await client.getIdTokenClaims()).username).toBe(READER.username);
  expect((await client.fetchUserInfo()).sub).toBeTruthy();
  expect(await client.getAccessTokenClaims(RESOURCE)).toMatchObject({ aud: RESOURCE });
  await client.signOut(SIGNED_OUT_URI);
  expect(navigated).toContain('/oidc/session/end');
  expect(await client.isAuthenticated()).toBe(false);
});

test('openid-client: discovery, PKCE, strict validation, refresh, introspection, revocation', async () => {
  const config = await openid.discovery(new URL(`${app.origin}/oidc`), web.id, web.secret, undefined, {
    execute: [openid.allowInsecureRequests],
  });
  const verifier = openid.randomPKCECodeVerifier();
  const state = openid.randomState();
  const nonce = openid.randomNonce();
  const url = openid.buildAuthorizationUrl(config, {
    redirect_uri: web.redirectUri,
    scope: 'openid offline_access',
    prompt: 'consent',
    code_challenge: await openid.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    state,
    nonce,
  });
  const checks = { pkceCodeVerifier: verifier, expectedState: state, expectedNonce: nonce, idTokenExpected: true };
  const callback = await signIn(url.href);
  await expect(
    openid.authorizationCodeGrant(config, callback, { ...checks, expectedState: 'other' }),
  ).rejects.toThrow();
  const tokens = await openid.authorizationCodeGrant(config, callback, checks);
  const subject = tokens.claims()?.sub ?? '';
  expect((await openid.fetchUserInfo(config, tokens.access_token, subject)).sub).toBe(subject);
  const refreshed = await openid.refreshTokenGrant(config, tokens.refresh_token ?? '');
  expect((await openid.tokenIntrospection(config, refreshed.access_token)).active).toBe(true);
  await openid.tokenRevocation(config, refreshed.refresh_token ?? '');
  await expect(openid.refreshTokenGrant(config, refreshed.refresh_token ?? '')).rejects.toThrow();
});

test('oauth4webapi: the issuer of the answer is checked (RFC 9207), a public client needs PKCE', async () => {
  const issuer = new URL(`${app.origin}/oidc`);
  const insecure = { [oauth.allowInsecureRequests]: true };
  const server = await oauth.processDiscoveryResponse(issuer, await oauth.discoveryRequest(issuer, insecure));
  const spa = await createClient(app, { type: 'SPA' });
  const client: oauth.Client = { client_id: spa.id };
  const verifier = oauth.generateRandomCodeVerifier();
  const request = new URL(server.authorization_endpoint ?? '');
  request.search = new URLSearchParams({
    client_id: spa.id,
    redirect_uri: spa.redirectUri,
    response_type: 'code',
    scope: 'openid',
    code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    state: 's',
  }).toString();
  const callback = await signIn(request.href);
  const forged = new URL(callback);
  forged.searchParams.set('iss', 'https://evil.example');
  expect(() => oauth.validateAuthResponse(server, client, forged, 's')).toThrow();
  const params = oauth.validateAuthResponse(server, client, callback, 's');
  const answer = await oauth.authorizationCodeGrantRequest(
    server,
    client,
    oauth.None(),
    params,
    spa.redirectUri,
    verifier,
    insecure,
  );
  const tokens = await oauth.processAuthorizationCodeResponse(server, client, answer);
  expect(oauth.getValidatedIdTokenClaims(tokens)?.aud).toBe(spa.id);
});
