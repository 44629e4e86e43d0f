// Threat class "account-linking takeover", in the applications: they open accounts of theirs by `email_verified`.
import { decodeJwt } from 'jose';
import { expect, test } from 'vitest';
import { createTestApp } from '../harness.ts';
import { authorizationRequest, createClient, requestToken, signInThrough } from '../protocol.ts';

const app = await createTestApp();
const client = await createClient(app);

/** What the application is told of the user, by the ID token and by userinfo. */
async function toldOf(user: { primaryEmail?: string; emailIsVerified?: boolean }) {
  const { id } = await app.modules.users.create(app.scope(), user);
  const request = authorizationRequest(app, client, { scope: 'openid email' });
  const back = await signInThrough(app, request, id);
  const { body } = await requestToken(app, client, {
    grant_type: 'authorization_code',
    code: back.searchParams.get('code') ?? '',
    redirect_uri: client.redirectUri,
    code_verifier: request.verifier,
  });
  const headers = { authorization: `Bearer ${body.access_token}` };
  const userinfo = (await (await fetch(`${app.origin}/oidc/me`, { headers })).json()) as Record<string, unknown>;
  return [decodeJwt(body.id_token).email_verified, userinfo.email_verified];
}

test.each([
  ['that nobody has proved', { primaryEmail: 'imported@example.com', emailIsVerified: false }, false],
  ['that was proved', { primaryEmail: 'proved@example.com' }, true],
  ['that is not there', {}, false],
])('an address %s is told as what it is', async (_, user, isVerified) => {
  expect(await toldOf(user)).toEqual([isVerified, isVerified]);
});
