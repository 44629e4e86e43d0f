import { describe, expect, it } from 'vitest';
import { connectGitlab, continueWithGitlab } from '../gitlab.ts';
import { createTestApp } from '../harness.ts';
import { startSignIn } from '../pages.ts';
import { createClient } from '../protocol.ts';

const app = await createTestApp();
const client = await createClient(app);
const PASSWORD = 'Paper-lamp-4-river';
const person = (id: number, email: string, more: object = {}) => ({
  id,
  username: `visitor${id}`,
  name: `Visitor ${id}`,
  password: 'visitor-password',
  email,
  ...more,
});
const people = {
  typed: person(1, 'typed@example.com'),
  unconfirmed: person(2, 'victim@example.com', { emailConfirmed: false }),
  second: person(3, 'shared@example.com'),
  upper: person(4, 'CASE@Example.com'),
  racer: person(5, 'racer@example.com'),
  attacker: person(6, 'target@example.com'),
};
const gitlab = await connectGitlab(app, Object.values(people));
const newUser = (username: string, primaryEmail: string, more: object = {}) =>
  app.modules.users.create(app.scope(), { username, primaryEmail, password: PASSWORD, ...more });
const owner = (id: number) => app.modules.users.findByIdentity(app.scope(), 'gitlab', String(id));
const enter = async (user: (typeof people)['typed']) => {
  const { visitor, page } = await startSignIn(app, client);
  return { visitor, page: await continueWithGitlab(gitlab, visitor, page, user) };
};

await app.api('PATCH', '/api/sign-in-exp', {
  signUp: { identifiers: [], password: false, verify: false },
  socialSignIn: { automaticAccountLinking: true },
});

describe('automatic linking', () => {
  it('is not done to an address that an administrator or an import has typed', async () => {
    await newUser('typed', people.typed.email);
    const { page } = await enter(people.typed);
    expect(page.name).toBe('link-account');
    expect(await owner(people.typed.id)).toBeUndefined();
  });

  it('is not done on an address that the provider does not vouch for', async () => {
    const victim = await newUser('victim', people.unconfirmed.email, {
      identity: { target: 'google', identityId: 'g1', details: { id: 'g1', email: people.unconfirmed.email } },
    });
    const { page } = await enter(people.unconfirmed);
    expect(new URL(page.url).searchParams.get('code')).toBeTruthy();
    const entered = await owner(people.unconfirmed.id);
    expect(entered?.id).not.toBe(victim.id);
    expect(entered?.primaryEmail).toBeNull();
  });

  it('is done when both sides have proved the address', async () => {
    const known = await newUser('shared', people.second.email, {
      identity: { target: 'google', identityId: 'g2', details: { id: 'g2', email: people.second.email } },
    });
    const { page } = await enter(people.second);
    expect(new URL(page.url).searchParams.get('code')).toBeTruthy();
    expect((await owner(people.second.id))?.id).toBe(known.id);
  });

  it('does not replace another account of the same provider', async () => {
    await newUser('target', people.attacker.email, {
      identity: { target: 'gitlab', identityId: '999', details: { id: '999', email: people.attacker.email } },
    });
    const { visitor, page } = await enter(people.attacker);
    expect(page.name).toBe('link-account');
    const refused = await visitor.submit(page, '/link-account', { password: PASSWORD });
    expect(refused.status).toBe(422);
    expect(await owner(people.attacker.id)).toBeUndefined();
    expect((await owner(999))?.username).toBe('target');
  });
});

it('finds the address in another case: no second account, no way around', async () => {
  await newUser('letters', 'case@example.com');
  const { page } = await enter(people.upper);
  expect(page.name).toBe('link-account');
});

it('wrong passwords on the link page count against the account’s lock-out', async () => {
  await app.api('PATCH', '/api/sign-in-exp', { sentinelPolicy: { maxAttempts: 2, lockoutDuration: 10 } });
  const { visitor, page } = await enter(people.typed);
  let shown = page;
  for (let round = 0; round < 2; round += 1) shown = await visitor.submit(shown, '/link-account', { password: 'no' });
  const blocked = await visitor.submit(shown, '/link-account', { password: PASSWORD });
  expect(blocked.html).toContain('Too many attempts');
  expect(await owner(people.typed.id)).toBeUndefined();
  await app.api('PATCH', '/api/sign-in-exp', { sentinelPolicy: {} });
});

it('parallel callbacks of one person in two browsers make one account', async () => {
  const flows = await Promise.all([startSignIn(app, client), startSignIn(app, client)]);
  const ends = await Promise.all(
    flows.map(({ visitor, page }) => continueWithGitlab(gitlab, visitor, page, people.racer)),
  );
  expect(ends.some(({ url }) => new URL(url).searchParams.has('code'))).toBe(true);
  const { body } = await app.api('GET', `/api/users?search.primaryEmail=${people.racer.email}&mode.primaryEmail=exact`);
  expect(body).toHaveLength(1);
});
