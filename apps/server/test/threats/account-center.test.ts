// Threat classes "CSRF", "open redirect" and "session fixation" at the pages where owners change their accounts.
import { describe, expect, it, test } from 'vitest';
import { createOwner, EVERY_FIELD, openAccount, PASSWORD } from '../account-center.ts';
import { createBrowser } from '../browser.ts';
import { createTestApp } from '../harness.ts';
import { field, visit } from '../pages.ts';
import { createClient } from '../protocol.ts';

const app = await createTestApp();
await app.api('PATCH', '/api/account-center', { enabled: true, fields: EVERY_FIELD });
await createClient(app, { redirectUris: ['https://shop.example/callback', 'shop.app:/return'] });
const nameOf = async (id: string) => (await app.api('GET', `/api/users/${id}`)).body.name;
const paths = [
  '/account/name',
  '/account/username',
  '/account/password',
  '/account/email',
  '/account/email/remove',
  '/account/sessions/end-others',
  '/account/tokens/new',
  '/account/sign-out',
  '/account/verified-action',
];

describe('a form', () => {
  it('counts only with the token of its own session', async () => {
    const { id, username } = await createOwner(app);
    const { visitor } = await openAccount(app, username);
    const other = await openAccount(app, username);
    for (const path of paths) {
      for (const csrf of ['', 'made-up', field(other.page, 'csrf')]) {
        const answer = await visitor.browser.post(app.origin + path, { csrf, name: 'Mallory', password: PASSWORD });
        expect([path, answer.status]).toEqual([path, 403]);
      }
    }
    expect(await nameOf(id)).not.toBe('Mallory');
    expect((await visitor.open(`${app.origin}/account`)).name).toBe('account-profile');
  });

  it.each<Record<string, string>>([
    { origin: 'https://evil.example' },
    { origin: 'null' },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
  ])('of another site is refused even with the token: %j', async (headers) => {
    const { id, username } = await createOwner(app);
    const { visitor, page } = await openAccount(app, username);
    const body = { csrf: field(page, 'csrf'), name: 'Mallory' };
    expect((await visitor.browser.post(`${app.origin}/account/name`, body, headers)).status).toBe(403);
    expect(await nameOf(id)).not.toBe('Mallory');
  });

  it('has cookies that no other site’s form carries, and no script reads', async () => {
    const { username } = await createOwner(app);
    const first = await visit(app).browser.get(`${app.origin}/account`);
    const { visitor } = await openAccount(app, username);
    expect(visitor.browser.cookie('_account')).toBeTruthy();
    for (const cookie of first.headers.getSetCookie()) {
      expect(cookie).toContain('HttpOnly');
      expect(cookie).toContain('SameSite=Lax');
      expect(cookie).toContain('Path=/account');
    }
  });
});

describe('where a task returns to', () => {
  const evil = [
    'https://evil.example',
    'https://shop.example.evil.example/',
    'https://shop.example@evil.example/',
    'http://shop.example/',
    '//evil.example',
    'javascript:alert(1)',
    'evil.app:/return',
    'shop.app:/elsewhere',
  ];
  it.each(evil)('400 for %s, which no application has', async (redirect) => {
    const { username } = await createOwner(app);
    const { page } = await openAccount(app, username, `/account/name?${new URLSearchParams({ redirect })}`);
    expect([page.status, page.name]).toEqual([400, 'account-problem']);
    expect(page.html).not.toContain(`"${redirect}`);
  });

  it.each(['https://shop.example/settings?tab=1', 'shop.app:/return'])('303 to %s, which one has', async (redirect) => {
    const { username } = await createOwner(app);
    const query = new URLSearchParams({ redirect });
    const { visitor, page } = await openAccount(app, username, `/account/name?${query}`);
    const body = { csrf: field(page, 'csrf'), name: 'Ada' };
    const answer = await visitor.browser.post(`${app.origin}/account/name`, body);
    expect([answer.status, answer.headers.get('location')]).toEqual([303, redirect]);
  });

  it('a page says that it is done first, where that is wished for; the wish ends after ten minutes', async () => {
    const { username } = await createOwner(app);
    const query = new URLSearchParams({ redirect: 'https://shop.example/', show_success: 'true' });
    const { visitor, page } = await openAccount(app, username, `/account/name?${query}`);
    const done = await visitor.submit(page, '/account/name', { name: 'Ada' });
    expect([done.name, new URL(done.url).pathname]).toEqual(['account-done', '/account/name/success']);
    expect(done.html).toContain('href="https://shop.example/"');
    app.advance(11 * 60_000);
    const later = await visitor.submit(page, '/account/name', { name: 'Ada L' });
    expect(later.name).toBe('account-profile');
  });
});

describe('a session of the account center', () => {
  test('has a value that nobody could have planted', async () => {
    const { username } = await createOwner(app);
    const planted = 'planted-by-the-attacker-01234567';
    const victim = visit(app, createBrowser(app.origin, [{ name: '_account', value: planted, path: '/account' }]));
    const { page } = await openAccount(app, username, '/account', victim);
    expect(page.name).toBe('account-profile');
    expect(victim.browser.cookie('_account')).not.toBe(planted);
    const attacker = createBrowser(app.origin, [{ name: '_account', value: planted, path: '/account' }]);
    expect((await visit(app, attacker).open(`${app.origin}/account`)).name).toBe('sign-in');
  });

  test('begins only in the browser that asked: an attacker’s own answer signs nobody in', async () => {
    const { username } = await createOwner(app);
    const attacker = visit(app);
    const first = await attacker.open(`${app.origin}/account`);
    const stopped = await attacker.browser.post(
      new URL(/action="([^"]*\/sign-in[^"]*)"/.exec(first.html)?.[1]?.replaceAll('&amp;', '&') ?? '', first.url).href,
      { csrf: field(first, 'csrf'), identifier: username, password: PASSWORD },
    );
    let location = stopped.headers.get('location') ?? '';
    while (!location.includes('/account/callback')) {
      location = (await attacker.browser.get(new URL(location, app.origin).href)).headers.get('location') ?? '';
    }
    const victim = await visit(app).open(location);
    expect([victim.status, victim.name]).toEqual([404, 'account-problem']);
    // One code, one session: of fifty who bring it at once, one is let in.
    const answers = await Promise.all(
      Array.from({ length: 50 }, async () => (await attacker.browser.clone().get(location)).status),
    );
    expect(answers.filter((status) => status === 303)).toHaveLength(1);
  });
});
