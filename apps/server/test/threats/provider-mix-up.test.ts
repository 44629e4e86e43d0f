// Threat class "provider mix-up" (RFC 9207, RFC 9700 §4.4): an answer of one provider is taken for one of another, so
// that a code or an identity of an honest provider reaches, or is claimed by, a dishonest one.
import { expect, test } from 'vitest';
import type { Egress } from '../../src/kernel/egress.ts';
import { createTestApp } from '../harness.ts';
import { startSignIn } from '../pages.ts';
import { createClient } from '../protocol.ts';
import { connectProvider } from '../providers.ts';

/** Where codes were sent. */
const redeemed: string[] = [];
const egress: Egress = async (url, { method = 'GET', headers = {}, body } = {}) => {
  if (String(url).endsWith('/token')) redeemed.push(new URL(url).origin);
  return fetch(url, { method, headers, body: body === undefined ? null : String(body) });
};
const app = await createTestApp({}, { egress });
const client = await createClient(app);
const honest = await connectProvider(app, 'honest', { sub: 'victim', name: 'Victim' });
const dishonest = await connectProvider(app, 'dishonest', { sub: 'victim', name: 'Not the victim' });
await app.api('PATCH', '/api/sign-in-exp', {
  socialSignInConnectorTargets: ['honest', 'dishonest'],
  signUp: { identifiers: [], password: false, verify: false },
});

/** Leaves for a provider: whoever comes back, and where to. */
async function leaveFor(target: 'honest' | 'dishonest') {
  const { visitor, page } = await startSignIn(app, client, { direct_sign_in: `social:${target}` });
  const provider = target === 'honest' ? honest : dishonest;
  const params = await provider.authorize(page.url);
  const comeBack = (connectorId: string, more: Record<string, string> = {}) =>
    visitor.open(`${app.origin}/callback/${connectorId}?${new URLSearchParams({ ...params, ...more })}`);
  return { provider, comeBack };
}

test('control: each provider signs in its own user, with its own name and without', async () => {
  for (const target of ['honest', 'dishonest'] as const) {
    const { provider, comeBack } = await leaveFor(target);
    const page = await comeBack(provider.connectorId, { iss: provider.issuer });
    expect(new URL(page.url).searchParams.get('code')).toBeTruthy();
  }
  expect(redeemed.splice(0)).toEqual([honest.issuer, dishonest.issuer]);
});

test('the same user id at two providers is two accounts', async () => {
  const users = await Promise.all(
    ['honest', 'dishonest'].map((target) => app.modules.users.findByIdentity(app.scope(), target, 'victim')),
  );
  expect(users[0]?.id).toBeTruthy();
  expect(users[0]?.id).not.toBe(users[1]?.id);
});

test('RFC 9207 §2.4: an answer that names another issuer is refused, and its code goes nowhere', async () => {
  const { provider, comeBack } = await leaveFor('dishonest');
  const page = await comeBack(provider.connectorId, { iss: honest.issuer });
  expect(page).toMatchObject({ status: 401, name: 'error' });
  expect(redeemed).toEqual([]);
});

test('an answer to the address of another connector finds no sign-in, and its code goes nowhere', async () => {
  const { comeBack } = await leaveFor('honest');
  const page = await comeBack(dishonest.connectorId);
  expect(page).toMatchObject({ status: 400, name: 'error' });
  expect(redeemed).toEqual([]);
});

test('an ID token of another issuer is refused, though its signature is good', async () => {
  const { provider, comeBack } = await leaveFor('dishonest');
  dishonest.misbehave({ idToken: ({ claims, sign }) => sign({ ...claims, iss: honest.issuer }) });
  const page = await comeBack(provider.connectorId);
  dishonest.misbehave({});
  expect(page).toMatchObject({ status: 401, name: 'error' });
  expect(redeemed.splice(0)).toEqual([dishonest.issuer]);
});
