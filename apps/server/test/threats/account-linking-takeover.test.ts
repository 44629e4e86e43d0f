import { describe, expect, it } from 'vitest';
import { connectGitlab, continueWithGitlab } from '../gitlab.ts';
import { createTestApp } from '../harness.ts';
import { codeSentTo } from '../mail.ts';
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
  mover: person(7, 'mover@example.com'),
  linker: person(9, 'linker@example.com'),
  early: person(8, 'early@example.com', { emailConfirmed: false }),
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

it('a code that was read at an address links nothing to whoever has the address by then', async () => {
  const [asked, heir] = [await newUser('linker', people.linker.email), await newUser('heir', 'heir@example.com')];
  const { visitor, page } = await enter(people.linker);
  const sent = await visitor.submit(page, '/link-account/code', {});
  const code = await codeSentTo(app, people.linker.email);
  for (const [id, primaryEmail] of [
    [asked.id, null],
    [heir.id, people.linker.email],
  ]) {
    expect((await app.api('PATCH', `/api/users/${id}`, { primaryEmail })).status).toBe(200);
  }
  const refused = await visitor.submit(sent, '/verification-code', { code });
  expect(refused).toMatchObject({ status: 409, name: 'error' });
  expect(await owner(people.linker.id)).toBeUndefined();
  expect((await app.api('GET', `/api/users/${heir.id}/sessions`)).body.sessions).toEqual([]);
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

it('whoever takes a victim’s address at the provider afterwards enters their own account, which does not get it', async () => {
  const victim = await newUser('moved_to', 'moved.to@example.com', {
    identity: { target: 'google', identityId: 'g7', details: { id: 'g7', email: 'moved.to@example.com' } },
  });
  await enter(people.mover);
  const own = await owner(people.mover.id);
  people.mover.email = 'moved.to@example.com';
  const { page } = await enter(people.mover);
  expect(new URL(page.url).searchParams.get('code')).toBeTruthy();
  expect(await owner(people.mover.id)).toMatchObject({ id: own?.id, primaryEmail: 'mover@example.com' });
  const { identities } = (await app.modules.users.find(app.scope(), victim.id)) ?? {};
  expect(Object.keys(identities ?? {})).toEqual(['google']);
});

it('an account that waits for a victim’s address is not the victim’s when they come', async () => {
  // The attacker was here first, with the address typed at the provider and never confirmed there.
  await enter(people.early);
  const attacker = await owner(people.early.id);
  expect(attacker?.primaryEmail).toBeNull();
  const victim = await newUser('late', people.early.email);
  Object.assign(people.early, { emailConfirmed: true });
  const { page } = await enter(people.early);
  expect(new URL(page.url).searchParams.get('code')).toBeTruthy();
  expect(await owner(people.early.id)).toMatchObject({ id: attacker?.id, primaryEmail: null });
  expect((await app.modules.users.find(app.scope(), victim.id))?.identities).toEqual({});
});

it('a provider’s answer that was caught links nothing in another browser, nor a second time', async () => {
  const mine = await startSignIn(app, client);
  const caught: string[] = [];
  const { get } = mine.visitor.browser;
  mine.visitor.browser.get = (url, headers) => {
    if (new URL(url).pathname.startsWith('/callback/')) caught.push(url);
    return get(url, headers);
  };
  await continueWithGitlab(gitlab, mine.visitor, mine.page, people.second);
  expect(caught).toHaveLength(1);
  const before = (await app.api('GET', '/api/users?page_size=1')).headers.get('total-number');
  for (const browser of [mine.visitor, (await startSignIn(app, client)).visitor]) {
    const { url } = await browser.open(caught[0] ?? '');
    expect(url.startsWith(client.redirectUri)).toBe(false);
  }
  expect((await app.api('GET', '/api/users?page_size=1')).headers.get('total-number')).toBe(before);
});
