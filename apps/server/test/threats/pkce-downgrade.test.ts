// Threat class "PKCE downgrade": authentik CVE-2023-48228 and CVE-2024-23647; RFC 7636, RFC 9700 §2.1.1 and §4.8.
import { randomBytes } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import { createBrowser } from '../browser.ts';
import { createTestApp } from '../harness.ts';
import {
  type AuthorizationRequest,
  authorizationRequest,
  createClient,
  requestToken,
  signInThrough,
  type TestClient,
  type TokenAnswer,
} from '../protocol.ts';

const app = await createTestApp();
const withoutPkce = { code_challenge: undefined, code_challenge_method: undefined };
let web: TestClient;
let spa: TestClient;
let native: TestClient;
let userId: string;

beforeAll(async () => {
  web = await createClient(app);
  spa = await createClient(app, { type: 'SPA' });
  native = await createClient(app, { type: 'Native' });
  userId = (await app.modules.users.create(app.scope(), { username: 'ada' })).id;
});

/** Signs in and redeems the code with `proof` in place of the verifier. */
async function redeem(client: TestClient, request: AuthorizationRequest, proof: object): Promise<TokenAnswer> {
  const callback = await signInThrough(app, request, userId);
  return requestToken(app, client, {
    grant_type: 'authorization_code',
    code: callback.searchParams.get('code') ?? '',
    redirect_uri: client.redirectUri,
    ...proof,
  });
}

/** What the client is told when the request is refused before anybody signs in. */
async function refusal(request: AuthorizationRequest): Promise<URLSearchParams> {
  const answer = await createBrowser(app.origin).get(request.url);
  const target = new URL(answer.headers.get('location') ?? '', app.origin);
  return target.searchParams;
}

describe('a code that was asked for with a challenge', () => {
  const proofs: [string, object][] = [
    ['no verifier', {}],
    ['an empty verifier', { code_verifier: '' }],
    ['another verifier', { code_verifier: randomBytes(32).toString('base64url') }],
    ['a verifier shorter than RFC 7636 §4.1 allows', { code_verifier: 'short' }],
  ];

  test.each(proofs)('400 with %s, for a client with a secret too', async (_name, proof) => {
    for (const client of [web, spa]) {
      const answer = await redeem(client, authorizationRequest(app, client), proof);
      expect(answer.status).toBe(400);
      expect(answer.body.error).toMatch(/^invalid_(grant|request)$/);
      expect(answer.body).not.toHaveProperty('access_token');
    }
  });

  test('400 when the challenge itself is sent as the verifier', async () => {
    const request = authorizationRequest(app, spa);
    const challenge = new URL(request.url).searchParams.get('code_challenge') ?? '';
    expect(await redeem(spa, request, { code_verifier: challenge })).toMatchObject({
      status: 400,
      body: { error: 'invalid_grant' },
    });
  });

  test('200 with its verifier', async () => {
    const request = authorizationRequest(app, spa);
    expect((await redeem(spa, request, { code_verifier: request.verifier })).status).toBe(200);
  });
});

describe('a weaker method', () => {
  test.each(['plain', 's256', 'none', ''])('“%s” is refused before anybody signs in', async (method) => {
    const request = authorizationRequest(app, spa, { code_challenge_method: method });
    expect((await refusal(request)).get('error')).toBe('invalid_request');
  });

  test('no method stands for plain (RFC 7636 §4.3), so it is refused', async () => {
    const verifier = randomBytes(32).toString('base64url');
    const request = authorizationRequest(app, spa, { code_challenge: verifier, code_challenge_method: undefined });
    const params = await refusal(request);
    expect(params.get('error')).toBe('invalid_request');
    expect(params.has('code')).toBe(false);
  });

  test('discovery offers S256 alone', async () => {
    const document = await (await fetch(`${app.origin}/oidc/.well-known/openid-configuration`)).json();
    expect(document).toMatchObject({ code_challenge_methods_supported: ['S256'] });
  });
});

describe('a challenge that was dropped', () => {
  test('public clients are refused without one', async () => {
    for (const client of [spa, native]) {
      const params = await refusal(authorizationRequest(app, client, withoutPkce));
      expect(params.get('error')).toBe('invalid_request');
    }
  });

  test('400 when a verifier comes for a code without a challenge: somebody stripped it (RFC 9700 §4.8.2)', async () => {
    const request = authorizationRequest(app, web, withoutPkce);
    expect(await redeem(web, request, { code_verifier: request.verifier })).toMatchObject({
      status: 400,
      body: { error: 'invalid_grant' },
    });
  });

  test('a client with a secret may leave PKCE out as a whole (features 1.2)', async () => {
    expect((await redeem(web, authorizationRequest(app, web, withoutPkce), {})).status).toBe(200);
  });
});

describe('a pushed request (RFC 9126)', () => {
  const push = async (client: TestClient, request: AuthorizationRequest) => {
    const form = new URL(request.url).searchParams;
    if (client.secret) form.set('client_secret', client.secret);
    const answer = await fetch(`${app.origin}/oidc/request`, { method: 'POST', body: form });
    return { status: answer.status, body: (await answer.json()) as Record<string, string> };
  };

  test('is refused without a challenge when the client is public', async () => {
    const answer = await push(spa, authorizationRequest(app, spa, withoutPkce));
    expect(answer).toMatchObject({ status: 400, body: { error: 'invalid_request' } });
  });

  test('keeps its challenge, whatever the browser sends beside the request_uri', async () => {
    const redeemPushed = async (verifierOf: 'honest' | 'attacker') => {
      const honest = authorizationRequest(app, spa);
      const pushed = await push(spa, honest);
      expect(pushed.status).toBe(201);
      const attacker = authorizationRequest(app, spa, { request_uri: pushed.body.request_uri, state: honest.state });
      const { verifier } = { honest, attacker }[verifierOf];
      return redeem(spa, attacker, { code_verifier: verifier });
    };
    expect((await redeemPushed('attacker')).body.error).toBe('invalid_grant');
    expect((await redeemPushed('honest')).status).toBe(200);
  });
});
