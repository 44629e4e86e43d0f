import { describe, expect, it } from 'vitest';
import { createTestApp, tenantUrl } from '../../../test/harness.ts';
import { field, startSignIn, visit } from '../../../test/pages.ts';
import { authorizationRequest, createClient } from '../../../test/protocol.ts';

const app = await createTestApp();
const client = await createClient(app);
const PASSWORD = 'Paper-lamp-4-river';

let count = 0;
async function newUser(options: { password?: string; primaryEmail?: string } = {}) {
  count += 1;
  const username = `reader_${count}`;
  const user = await app.modules.users.create(app.scope(), { username, password: PASSWORD, ...options });
  return { ...user, username };
}

const set = async (settings: object) => {
  const answer = await app.api('PATCH', '/api/sign-in-exp', settings);
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
};
const codeOf = (url: string) => new URL(url).searchParams.get('code');

describe('sign-in with a password', () => {
  it('ends at the app with a code', async () => {
    const user = await newUser();
    const { visitor, page } = await startSignIn(app, client);
    expect(page).toMatchObject({ status: 200, name: 'sign-in' });
    const end = await visitor.submit(page, '/sign-in', { identifier: user.username, password: PASSWORD });
    expect(end.url).toContain(client.redirectUri);
    expect(codeOf(end.url)).toBeTruthy();
    const found = await app.modules.users.find(app.scope(), user.id);
    expect(found?.lastSignInAt).toBeTruthy();
  });

  it('shows the form again after a wrong password, with the identifier and without the password', async () => {
    const user = await newUser();
    const { visitor, page } = await startSignIn(app, client);
    const again = await visitor.submit(page, '/sign-in', { identifier: user.username, password: 'Wrong-lamp-9' });
    expect(again).toMatchObject({ status: 422, name: 'sign-in' });
    expect(again.html).toContain(`value="${user.username}"`);
    expect(again.html).not.toContain('Wrong-lamp-9');
    const end = await visitor.submit(again, '/sign-in', { identifier: user.username, password: PASSWORD });
    expect(codeOf(end.url)).toBeTruthy();
  });

  it('says to a suspended user what is the matter, once the password is right', async () => {
    const user = await newUser();
    await app.api('PATCH', `/api/users/${user.id}/is-suspended`, { isSuspended: true });
    const { visitor, page } = await startSignIn(app, client);
    const refused = await visitor.submit(page, '/sign-in', { identifier: user.username, password: PASSWORD });
    expect(refused).toMatchObject({ status: 401, name: 'suspended' });
    const wrong = await visitor.submit(page, '/sign-in', { identifier: user.username, password: 'x' });
    expect(wrong.name).toBe('sign-in');
  });
});

describe('registration', () => {
  const open = () => startSignIn(app, client, { first_screen: 'register' });
  const register = async (username: string, password: string) => {
    const { visitor, page } = await open();
    expect(page).toMatchObject({ status: 200, name: 'register' });
    return visitor.submit(page, '/register', { username, password });
  };

  it('makes an account and ends at the app', async () => {
    const end = await register('new_reader', PASSWORD);
    expect(codeOf(end.url)).toBeTruthy();
    const user = await app.modules.users.findByIdentifier(app.scope(), { type: 'username', value: 'new_reader' });
    expect(user).toMatchObject({ hasPassword: true, applicationId: client.id });
    expect(user?.lastSignInAt).toBeTruthy();
  });

  it('also comes first for the older parameter of the Python SDK', async () => {
    const { page } = await startSignIn(app, client, { interaction_mode: 'signUp' });
    expect(page.name).toBe('register');
  });

  it.each([
    ['9reader', PASSWORD, 'starts with a letter'],
    ['read er', PASSWORD, 'starts with a letter'],
    ['new_reader', PASSWORD, 'This username is taken'],
    ['', PASSWORD, 'Please fill this in'],
    ['weak_1', 'short', 'at least 8 characters'],
    ['weak_2', 'aaaaaaaa', 'repeats one character'],
    ['weak_3', '12345678', 'contains a sequence'],
    ['weakling', 'weakling1', 'contains your name'],
    ['weak_5', 'pässwörd-lamp', 'letters without accents'],
    ['weak_6', '', 'Please fill this in'],
  ])('refuses %j with %j', async (username, password, words) => {
    const page = await register(username, password);
    expect(page).toMatchObject({ status: 422, name: 'register' });
    expect(page.html).toContain(words);
    if (password) expect(page.html).not.toContain(`value="${password}"`);
  });

  it('follows the tenant’s username rules', async () => {
    await set({ usernamePolicy: { minLength: 5, maxLength: 8, allowedChars: { uppercase: false, numbers: false } } });
    expect((await register('four', PASSWORD)).html).toContain('at least 5 characters');
    expect((await register('much_too_long', PASSWORD)).html).toContain('at most 8 characters');
    expect((await register('Capital', PASSWORD)).html).toContain('no upper case letters');
    expect((await register('dig1ts', PASSWORD)).html).toContain('no digits');
    await set({ usernamePolicy: {} });
  });

  it('is closed where the tenant allows sign-in alone, and the other way round', async () => {
    await set({ signInMode: 'SignIn' });
    expect((await open()).page.name).toBe('sign-in');
    await set({ signInMode: 'Register' });
    expect((await startSignIn(app, client)).page.name).toBe('register');
    await set({ signInMode: 'SignInAndRegister' });
  });

  it('wants the terms accepted where they are to be ticked', async () => {
    await set({ termsOfUseUrl: 'https://shop.example.com/terms', agreeToTermsPolicy: 'ManualRegistrationOnly' });
    const { visitor, page } = await open();
    const refused = await visitor.submit(page, '/register', { username: 'ticker', password: PASSWORD });
    expect(refused.status).toBe(422);
    const fields = { username: 'ticker', password: PASSWORD, agreement: 'accepted' };
    expect(codeOf((await visitor.submit(refused, '/register', fields)).url)).toBeTruthy();
    await set({ termsOfUseUrl: null, agreeToTermsPolicy: 'Automatic' });
  });

  it('makes one account of a form that is sent twice', async () => {
    const { visitor, page } = await open();
    const send = () =>
      visitor.browser.clone().post(page.url.replace(/\?.*/, `?app_id=${client.id}`), {
        csrf: field(page, 'csrf'),
        username: 'twice_sent',
        password: PASSWORD,
      });
    const answers = await Promise.all([send(), send()]);
    expect(answers.map(({ status }) => status).filter((status) => status === 303)).not.toHaveLength(0);
    const { body } = await app.api('GET', '/api/users?search=twice_sent');
    expect(body).toHaveLength(1);
  });
});

describe('a page', () => {
  it('is kept by nobody, framed by nobody and runs only what it brought', async () => {
    const { page } = await startSignIn(app, client);
    expect(page.headers.get('cache-control')).toBe('no-store');
    const policy = page.headers.get('content-security-policy') ?? '';
    const nonce = /nonce="([^"]+)"/.exec(page.html)?.[1];
    expect(policy).toContain(`script-src 'nonce-${nonce}'`);
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toContain('unsafe');
    expect(page.headers.get('x-frame-options')).toBe('DENY');
  });

  it('brings a script that may be kept for ever', async () => {
    const { page } = await startSignIn(app, client);
    const [, path = ''] = /src="(\/sign-in-assets\/[^"]+)"/.exec(page.html) ?? [];
    const script = await fetch(app.origin + path);
    expect(script.status).toBe(200);
    expect(script.headers.get('cache-control')).toMatch(/max-age=31536000.*immutable/);
  });

  it('speaks the language of the request, then the browser’s, then the tenant’s', async () => {
    const languageOf = async (uiLocales: string | undefined, accept: string) => {
      const { url } = authorizationRequest(app, client, { ui_locales: uiLocales });
      const visitor = visit(app);
      const first = await visitor.browser.get(url, { 'accept-language': accept });
      const target = new URL(first.headers.get('location') ?? '', url).href;
      return (await visitor.browser.get(target, { 'accept-language': accept })).headers.get('content-language');
    };
    expect(await languageOf('ja en', 'en')).toBe('ja');
    expect(await languageOf(undefined, 'nl, ja-JP;q=0.9, en;q=0.5')).toBe('ja');
    expect(await languageOf(undefined, 'nl')).toBe('en');
    await set({ languageInfo: { autoDetect: false, fallbackLanguage: 'ja' } });
    expect(await languageOf(undefined, 'en')).toBe('ja');
    await set({ languageInfo: { autoDetect: true, fallbackLanguage: 'en' } });
  });

  it('tells scripts whom the flow is for', async () => {
    const { visitor } = await startSignIn(app, client, { ui_locales: 'ja' });
    const cookie = JSON.parse(decodeURIComponent(visitor.browser.cookie('_logto') ?? '{}'));
    expect(cookie).toEqual({ appId: client.id, uiLocales: 'ja' });
  });

  it('of a sign-in that is gone says so and leads back to the app', async () => {
    const page = await visit(app).open(`${app.origin}/sign-in?app_id=${client.id}`);
    expect(page.name).toBe('session-lost');
    expect(page.html).toContain(`href="${new URL(client.redirectUri).origin}/"`);
    expect((await visit(app).open(`${app.origin}/unknown-session`)).name).toBe('session-lost');
  });
});

describe('the preview', () => {
  const draft = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const preview = (query: Record<string, string>, headers: Record<string, string> = { 'sec-fetch-dest': 'iframe' }) =>
    fetch(`${app.origin}/sign-in/preview?${new URLSearchParams(query)}`, { headers });

  it('shows unsaved settings in the Console’s frame', async () => {
    const answer = await preview({
      draft: draft({
        color: { primaryColor: '#ff0000', isDarkModeEnabled: true, darkPrimaryColor: '#00ff00' },
        signInMode: 'SignIn',
      }),
      lang: 'ja',
      theme: 'dark',
    });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('x-frame-options')).toBeNull();
    expect(answer.headers.get('content-security-policy')).toContain(`frame-ancestors ${app.origin}`);
    const html = await answer.text();
    expect(html).toContain('lang="ja"');
    expect(html).not.toContain('/register');
    expect(html).not.toContain('<script');
  });

  it('shows the register page', async () => {
    expect(await (await preview({ page: 'register' })).text()).toContain('lk-page-register');
  });

  it('refuses a draft that could not be saved', async () => {
    expect((await preview({ draft: draft({ color: 'red' }) })).status).toBe(400);
    expect((await preview({ draft: 'not json' })).status).toBe(400);
  });

  it('is not for opening by itself', async () => {
    expect((await preview({}, { 'sec-fetch-dest': 'document' })).status).toBe(404);
    expect((await preview({}, {})).status).toBe(404);
  });
});

describe('consent of a third-party application', () => {
  it.each(['allow', 'deny'] as const)('%s', async (decision) => {
    const stranger = await createClient(app, { isThirdParty: true });
    await app.api('POST', `/api/applications/${stranger.id}/user-consent-scopes`, { userScopes: ['profile'] });
    const user = await newUser();
    const { visitor, page } = await startSignIn(app, stranger);
    const consent = await visitor.submit(page, '/sign-in', { identifier: user.username, password: PASSWORD });
    expect(consent).toMatchObject({ status: 200, name: 'consent' });
    const end = await visitor.submit(consent, '/consent', { decision });
    const params = new URL(end.url).searchParams;
    if (decision === 'allow') expect(params.get('code')).toBeTruthy();
    else expect(params.get('error')).toBe('access_denied');
  });
});

describe('administrators', () => {
  const admin = async (token: string | undefined, extra: Record<string, string> = {}) => {
    const request = authorizationRequest(
      app,
      { id: 'admin-console', secret: undefined, redirectUri: `${app.origin}/console/callback` },
      { setup_token: token, first_screen: 'register', ...extra },
      'admin',
    );
    const visitor = visit(app);
    return { visitor, page: await visitor.open(request.url) };
  };
  const scope = () => app.scope('admin');

  it('sets a new password by a recovery link, which ends every session and works once', async () => {
    const user = await app.modules.users.create(scope(), { username: 'keeper', password: PASSWORD });
    await app.modules.tenants.makeAdministrator(scope(), user.id);
    const token = await app.modules.tenants.links.issue(scope(), 'recover', user.id);
    const { visitor, page } = await admin(token);
    expect(page).toMatchObject({ status: 200, name: 'set-password' });
    expect(page.html).toContain('keeper');
    const weak = await visitor.submit(page, '/set-password', { password: 'short' });
    expect(weak).toMatchObject({ status: 422, name: 'set-password' });
    const end = await visitor.submit(weak, '/set-password', { password: 'Brass-latch-9-door' });
    expect(end.url).toContain('/console/callback');
    expect(await app.modules.users.passwordMatches(scope(), user.id, 'Brass-latch-9-door')).toBe(true);
    expect((await admin(token)).page).toMatchObject({ status: 403, name: 'error' });
  });

  it('have pages below their tenant’s own path', async () => {
    const { page, visitor } = await admin(undefined, { first_screen: 'sign_in' });
    expect(page.url).toContain(`${tenantUrl(app.origin, 'admin')}/sign-in`);
    expect(visitor.browser.cookie('_logto_admin')).toBeTruthy();
    const end = await visitor.submit(page, '/sign-in', { identifier: 'keeper', password: 'Brass-latch-9-door' });
    expect(end.url).toContain('/console/callback');
  });
});
