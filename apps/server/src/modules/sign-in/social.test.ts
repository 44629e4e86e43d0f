import { describe, expect, it } from 'vitest';
import { connectGitlab, continueWithGitlab, pressSocial } from '../../../test/gitlab.ts';
import { createTestApp } from '../../../test/harness.ts';
import { startSignIn } from '../../../test/pages.ts';
import { createClient } from '../../../test/protocol.ts';

const app = await createTestApp();
const client = await createClient(app);
const person = (id: number, more: object = {}) => ({
  id,
  username: `hana${id}`,
  name: `Hana ${id}`,
  password: 'hana-password',
  email: `hana${id}@example.com`,
  ...more,
});
type Person = ReturnType<typeof person>;
const people = Array.from({ length: 9 }, (_, index) => person(index + 1));
const [first, second, third, fourth, fifth, sixth, seventh, eighth, ninth] = people as [
  Person,
  Person,
  Person,
  Person,
  Person,
  Person,
  Person,
  Person,
  Person,
];
const unconfirmed = person(50, { emailConfirmed: false });
const gitlab = await connectGitlab(app, [...people, unconfirmed], { syncProfile: true });
const PASSWORD = 'Paper-lamp-4-river';

const set = async (settings: object) => {
  const answer = await app.api('PATCH', '/api/sign-in-exp', settings);
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
};
const userOf = (id: number) => app.modules.users.findByIdentity(app.scope(), 'gitlab', String(id));
const codeOf = (url: string) => new URL(url).searchParams.get('code');
const userCount = async () => Number((await app.api('GET', '/api/users?page_size=1')).headers.get('total-number'));

const enter = async (user: Person, extra: Record<string, string> = {}) => {
  const { visitor, page } = await startSignIn(app, client, extra);
  return { visitor, page: await continueWithGitlab(gitlab, visitor, page, user) };
};
await set({ signUp: { identifiers: [], password: false, verify: false } });

describe('a new account through a provider', () => {
  it('takes name, avatar and the verified address over, and is found again', async () => {
    const { page } = await enter(first);
    expect(codeOf(page.url)).toBeTruthy();
    const user = await userOf(1);
    expect(user).toMatchObject({ name: 'Hana 1', primaryEmail: 'hana1@example.com', username: null });
    expect(user?.avatar).toContain(gitlab.baseUrl);
    expect(user?.identities.gitlab).toMatchObject({ userId: '1' });
    const before = await userCount();
    expect(codeOf((await enter(first)).page.url)).toBeTruthy();
    expect(await userCount()).toBe(before);
  });

  it('gets no address that the provider does not vouch for', async () => {
    await enter(unconfirmed);
    expect(await userOf(50)).toMatchObject({ primaryEmail: null });
  });

  it('gets no address that the tenant blocks', async () => {
    await set({ emailBlocklistPolicy: { customBlocklist: ['@example.com'] } });
    await enter(second);
    await set({ emailBlocklistPolicy: {} });
    expect(await userOf(2)).toMatchObject({ primaryEmail: null });
  });

  it('is not made where nobody may register', async () => {
    await set({ signInMode: 'SignIn' });
    const { page } = await enter(third);
    await set({ signInMode: 'SignInAndRegister' });
    expect(page).toMatchObject({ status: 422, name: 'error' });
    expect(page.html).toContain('There is no account for you yet');
    expect(await userOf(3)).toBeUndefined();
  });

  it('is asked for a username where the tenant wants one', async () => {
    await set({ signUp: { identifiers: ['username'], password: true, verify: false } });
    const { visitor, page } = await enter(fourth);
    expect(page).toMatchObject({ status: 200, name: 'profile' });
    const refused = await visitor.submit(page, '/profile', { username: '9lives' });
    expect(refused).toMatchObject({ status: 422, name: 'profile' });
    const end = await visitor.submit(refused, '/profile', { username: 'hana_four' });
    expect(codeOf(end.url)).toBeTruthy();
    expect(await userOf(4)).toMatchObject({ username: 'hana_four', name: 'Hana 4' });
  });

  it('may skip that, if the tenant says so', async () => {
    await set({ socialSignIn: { skipRequiredIdentifiers: true } });
    expect(codeOf((await enter(fifth)).page.url)).toBeTruthy();
    await set({ socialSignIn: {}, signUp: { identifiers: [], password: false, verify: false } });
  });

  it('has to accept the terms where they are to be ticked', async () => {
    await set({ termsOfUseUrl: 'https://shop.example.com/terms', agreeToTermsPolicy: 'ManualRegistrationOnly' });
    const { visitor, page } = await enter(sixth);
    expect(page.name).toBe('profile');
    const refused = await visitor.submit(page, '/profile', {});
    expect(refused.status).toBe(422);
    const end = await visitor.submit(refused, '/profile', { agreement: 'accepted' });
    expect(codeOf(end.url)).toBeTruthy();
    await set({ termsOfUseUrl: null, agreeToTermsPolicy: 'Automatic' });
  });
});

describe('an address that somebody has', () => {
  it('asks for the password of that account, links and signs in: never a second account', async () => {
    const email = 'hana7@example.com';
    const owner = await app.modules.users.create(app.scope(), {
      username: 'seven',
      primaryEmail: email,
      password: PASSWORD,
    });
    const before = await userCount();
    const { visitor, page } = await enter(seventh);
    expect(page).toMatchObject({ status: 200, name: 'link-account' });
    expect(page.html).toContain(email);
    const refused = await visitor.submit(page, '/link-account', { password: 'Wrong-lamp-9' });
    expect(refused).toMatchObject({ status: 422, name: 'link-account' });
    expect(await userOf(7)).toBeUndefined();
    const end = await visitor.submit(refused, '/link-account', { password: PASSWORD });
    expect(codeOf(end.url)).toBeTruthy();
    expect((await userOf(7))?.id).toBe(owner.id);
    expect(await userCount()).toBe(before);
  });

  it('can be left alone', async () => {
    await app.modules.users.create(app.scope(), { username: 'eight', primaryEmail: 'hana8@example.com' });
    const { visitor, page } = await enter(eighth);
    expect(page.name).toBe('link-account');
    expect(page.html).not.toContain('type="password"');
    const back = await visitor.submit(page, '/cancel', {});
    expect(back.name).toBe('sign-in');
    expect(await userOf(8)).toBeUndefined();
  });
});

describe('the way back', () => {
  it('says so when the user turned the request down', async () => {
    const { visitor, page } = await startSignIn(app, client);
    const refused = await continueWithGitlab(gitlab, visitor, page, ninth, 'deny');
    expect(refused).toMatchObject({ status: 401, name: 'error' });
    expect(refused.html).toContain('cancelled at GitLab');
    expect(refused.html).toContain(`/sign-in?app_id=${client.id}`);
  });

  it('takes an answer once', async () => {
    const { visitor, page } = await startSignIn(app, client);
    const callback = await gitlab.answer(await pressSocial(visitor, page), first);
    const [one, two] = await Promise.all([
      visitor.browser.clone().get(callback),
      visitor.browser.clone().get(callback),
    ]);
    const landed = [one, two].filter(({ headers }) => headers.get('location')?.includes('/oidc/auth/'));
    expect(landed).toHaveLength(1);
  });

  it('answers a form from the provider by a redirect, so that the cookies travel', async () => {
    const response = await fetch(`${app.origin}/callback/${gitlab.connectorId}`, {
      method: 'POST',
      redirect: 'manual',
      body: new URLSearchParams({ code: 'c', state: 's' }),
    });
    expect(response.status).toBe(303);
    expect(response.headers.get('location')).toBe(`/callback/${gitlab.connectorId}?code=c&state=s`);
  });

  it('is open to the browser that left, with its state, only', async () => {
    const { visitor, page } = await startSignIn(app, client);
    const callback = await gitlab.answer(await pressSocial(visitor, page), first);
    const stranger = await startSignIn(app, client);
    expect(await stranger.visitor.open(callback)).toMatchObject({ status: 400, name: 'error' });
    const forged = new URL(callback);
    forged.searchParams.set('state', 'another');
    expect(await visitor.open(forged.href)).toMatchObject({ status: 400, name: 'error' });
    expect(codeOf((await visitor.open(callback)).url)).toBeTruthy();
  });
});

describe('direct sign-in', () => {
  it('leads to the provider at once', async () => {
    const { page } = await startSignIn(app, client, { direct_sign_in: 'social:gitlab' });
    expect(page.url).toContain(gitlab.baseUrl);
  });

  it('falls back to the first page for a provider that there is not', async () => {
    const { page } = await startSignIn(app, client, { direct_sign_in: 'social:github', first_screen: 'register' });
    expect(page.name).toBe('register');
  });
});
