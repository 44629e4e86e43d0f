// Threat class "assertion replay": Hydra GHSA-3p3g-vpw6-4w66. A signed statement counts once, for what it was made for.
// SAML's assertions are saml-replay.test.ts; links and codes are replay-and-purpose.test.ts.
import { createSecretKey } from 'node:crypto';
import { SignJWT } from 'jose';
import { expect, it, test } from 'vitest';
import { createTestApp } from '../harness.ts';
import { startSignIn, visit } from '../pages.ts';
import { createClient, requestToken } from '../protocol.ts';
import { connectProvider } from '../providers.ts';

const app = await createTestApp();
const client = await createClient(app);
const provider = await connectProvider(app, 'acme', { sub: 'ada', name: 'Ada' });
await app.api('PATCH', '/api/sign-in-exp', {
  socialSignInConnectorTargets: ['acme'],
  signUp: { identifiers: [], password: false, verify: false },
});

/** Goes to the provider, and to the address that it sends the browser back to. */
async function leave() {
  const { visitor, page } = await startSignIn(app, client, { direct_sign_in: 'social:acme' });
  const answer = new URLSearchParams(await provider.authorize(page.url));
  return { visitor, back: `${app.origin}/callback/${provider.connectorId}?${answer}` };
}
/** True at the application's own address: the provider's answer has a code, too. */
const signedIn = ({ url }: { url: string }) =>
  url.startsWith(client.redirectUri) && new URL(url).searchParams.has('code');

test('a provider’s ID token that has signed somebody in signs nobody in again', async () => {
  let used = '';
  provider.misbehave({
    idToken: async ({ claims, sign }) => {
      used = await sign(claims);
      return used;
    },
  });
  const first = await leave();
  expect(signedIn(await first.visitor.open(first.back))).toBe(true);
  provider.misbehave({ idToken: async () => used });
  const second = await leave();
  const refused = await second.visitor.open(second.back);
  provider.misbehave({});
  expect([refused.name, refused.status]).toEqual(['error', 401]);
});

test('of fifty returns with one answer of a provider, one is let in', async () => {
  const { visitor, back } = await leave();
  const browsers = Array.from({ length: 50 }, () => visit(app, visitor.browser.clone()));
  const pages = await Promise.all(browsers.map((each) => each.open(back)));
  expect(pages.filter(signedIn)).toHaveLength(1);
});

it('takes no client assertion instead of a secret, so that there is none to play again (RFC 7523 §3)', async () => {
  const now = Math.floor(app.world.now().getTime() / 1000);
  const assertion = await new SignJWT({ iss: client.id, sub: client.id, jti: 'once', iat: now, exp: now + 60 })
    .setAudience([`${app.origin}/oidc/token`, `${app.origin}/oidc`])
    .setProtectedHeader({ alg: 'HS256' })
    .sign(createSecretKey(Buffer.from(client.secret ?? '')));
  const { status, body } = await requestToken(
    app,
    { ...client, secret: undefined },
    {
      grant_type: 'client_credentials',
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      client_assertion: assertion,
    },
  );
  expect([status, body.error]).toEqual([401, 'invalid_client']);
});
