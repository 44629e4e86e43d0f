// Threat class "account-linking takeover": what waits to be linked to one account goes to no other, and vouches for none.
import { expect, it } from 'vitest';
import { createFactorUsers } from '../factors.ts';
import { connectGitlab, continueWithGitlab } from '../gitlab.ts';
import { createTestApp } from '../harness.ts';
import { startSignIn } from '../pages.ts';
import { createClient } from '../protocol.ts';
import { connectEnterprise } from '../saml.ts';

const app = await createTestApp();
const client = await createClient(app);
const { newUser, withTotp } = createFactorUsers(app, client);
const member = {
  id: 1,
  username: 'member',
  name: 'Member',
  password: 'visitor-password',
  email: 'member@example.com',
};
const waits = { ...member, id: 2, username: 'waits', email: 'waits@example.com' };
const gitlab = await connectGitlab(app, [member, waits]);
const acme = await connectEnterprise(app, ['acme.example']);
const settings = await app.api('PATCH', '/api/sign-in-exp', {
  singleSignOnEnabled: true,
  signUp: { identifiers: [], password: false, verify: false },
  mfa: { factors: ['Totp'], policy: 'NoPrompt' },
});
expect(settings.status, JSON.stringify(settings.body)).toBe(200);
const details = { id: String(member.id), email: member.email };
const other = await newUser({ identity: { target: 'gitlab', identityId: String(member.id), details } });
await withTotp(other.id);
const identitiesOf = async (id: string) =>
  (await app.api('GET', `/api/users/${id}?includeSsoIdentities=true`)).body.ssoIdentities;

it('an enterprise’s answer that waits for one account neither is linked to another nor stands in for its second factor', async () => {
  await newUser({ primaryEmail: 'typed@acme.example', emailIsVerified: false });
  const { visitor, page } = await startSignIn(app, client, { direct_sign_in: `sso:${acme.connectorId}` });
  const attributes = { email: 'typed@acme.example' };
  const waiting = await visitor.open(await acme.answer(page.url, { nameId: 'attacker', attributes }));
  expect(waiting.name).toBe('link-account');
  // The account of a provider is all that the attacker has of the other account: its app is elsewhere.
  const path = `/social/${gitlab.connectorId}${new URL(waiting.url).search}`;
  const left = await visitor.browser.get(`${app.origin}${path}`, { 'sec-fetch-site': 'same-origin' });
  const back = await gitlab.answer(left.headers.get('location') ?? '', member);
  const next = await visitor.open(back);
  expect(next.name).toBe('mfa-verify');
  expect(await identitiesOf(other.id)).toEqual([]);
});

it('a provider’s answer that waits for one account is not linked to the one that an enterprise’s provider opens', async () => {
  await newUser({ primaryEmail: waits.email });
  const worker = await newUser({ primaryEmail: 'worker@acme.example' });
  const { visitor, page } = await startSignIn(app, client);
  const waiting = await continueWithGitlab(gitlab, visitor, page, waits);
  expect(waiting.name).toBe('link-account');
  const path = `/single-sign-on/${acme.connectorId}${new URL(waiting.url).search}`;
  const left = await visitor.browser.get(`${app.origin}${path}`, { 'sec-fetch-site': 'same-origin' });
  const attributes = { email: 'worker@acme.example' };
  const back = await acme.answer(left.headers.get('location') ?? '', { nameId: 'worker', attributes });
  expect(new URL((await visitor.open(back)).url).searchParams.has('code')).toBe(true);
  expect(await identitiesOf(worker.id)).toHaveLength(1);
  expect((await app.api('GET', `/api/users/${worker.id}`)).body.identities).toEqual({});
});
