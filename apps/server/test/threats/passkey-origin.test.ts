// Threat class "passkey origin and RP mismatch" (WebAuthn §7.1 and §7.2): an answer made for another page, another
// domain, another challenge or without the user counts for nothing.
import { expect, test } from 'vitest';
import { createAuthenticator } from '../authenticator.ts';
import { createFactorUsers } from '../factors.ts';
import { createTestApp } from '../harness.ts';
import { createClient } from '../protocol.ts';

const app = await createTestApp();
const { newUser, begin, identified, settings } = createFactorUsers(app, await createClient(app));
await settings({ mfa: { factors: ['WebAuthn'], policy: 'NoPrompt' }, passkeySignIn: { enabled: true } });

const circumstances: [string, object][] = [
  ['a page of another origin', { origin: 'https://evil.example' }],
  ['a page whose origin begins alike', { origin: `${app.origin}.evil.example` }],
  ['another port of the host', { origin: 'http://localhost:1' }],
  ['another domain', { rpId: 'evil.example' }],
  ['an authenticator that has not checked the user', { userVerified: false }],
  ['another challenge', { challenge: Buffer.from('a challenge of the attacker').toString('base64url') }],
];

async function startRegistration() {
  const user = await newUser();
  const page = await identified(user.username);
  const { body } = await page.call('POST', '/experience/verification/web-authn/registration');
  return { user, page, ...body };
}

test.each(circumstances)('no new key from %s', async (_name, different) => {
  const { page, verificationId, registrationOptions } = await startRegistration();
  const payload = createAuthenticator(app.origin).create(registrationOptions, different);
  const path = '/experience/verification/web-authn/registration/verify';
  const answer = await page.call('POST', path, { verificationId, payload });
  expect([answer.status, answer.body.code]).toEqual([400, 'session.mfa.webauthn_verification_failed']);
});

const key = createAuthenticator(app.origin, { counts: false });
const { user: owner, page: ownerPage, verificationId, registrationOptions } = await startRegistration();
await ownerPage.call('POST', '/experience/verification/web-authn/registration/verify', {
  verificationId,
  payload: key.create(registrationOptions),
});
await ownerPage.call('POST', '/experience/profile/mfa', { type: 'WebAuthn', verificationId });
expect((await ownerPage.call('POST', '/experience/submit')).status).toBe(200);

test.each(circumstances)('no sign-in and no second step from %s', async (_name, different) => {
  const page = await begin();
  const { body } = await page.call('POST', '/experience/preflight/sign-in-passkey/authentication');
  const signIn = await page.call('POST', '/experience/verification/sign-in-passkey/authentication/verify', {
    payload: key.get(body.authenticationOptions, different),
  });
  expect([signIn.status, signIn.body.code]).toEqual([400, 'session.mfa.webauthn_verification_failed']);
  const second = await identified(owner.username);
  const asked = (await second.call('POST', '/experience/verification/web-authn/authentication')).body;
  const proof = await second.call('POST', '/experience/verification/web-authn/authentication/verify', {
    verificationId: asked.verificationId,
    payload: key.get(asked.authenticationOptions, different),
  });
  expect([proof.status, proof.body.code]).toEqual([400, 'session.mfa.webauthn_verification_failed']);
  expect((await second.call('POST', '/experience/submit')).status).toBe(403);
});

test('an answer counts in the flow that asked for it, once; another account’s key does not stand in', async () => {
  const [one, other] = [await identified(owner.username), await identified(owner.username)];
  const path = '/experience/verification/web-authn/authentication';
  const asked = (await one.call('POST', path)).body;
  const askedElsewhere = (await other.call('POST', path)).body;
  const payload = key.get(asked.authenticationOptions);
  const elsewhere = await other.call('POST', `${path}/verify`, { ...askedElsewhere, payload });
  expect(elsewhere.status).toBe(400);
  const body = { verificationId: asked.verificationId, payload };
  expect((await one.call('POST', `${path}/verify`, body)).status).toBe(200);
  expect((await one.call('POST', `${path}/verify`, body)).status).toBe(404);
  const stranger = createAuthenticator(app.origin);
  stranger.create(registrationOptions);
  const { allowCredentials: _, ...open } = askedElsewhere.authenticationOptions;
  const foreign = await other.call('POST', `${path}/verify`, {
    verificationId: askedElsewhere.verificationId,
    payload: stranger.get(open),
  });
  expect([foreign.status, foreign.body.code]).toEqual([400, 'session.mfa.webauthn_verification_not_found']);
});
