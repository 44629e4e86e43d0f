import { describe, expect, test } from 'vitest';
import { createOwner, EVERY_FIELD, openAccount, prove } from '../../../test/account-center.ts';
import { createTestApp } from '../../../test/harness.ts';
import { createOrganization } from '../../../test/organizations.ts';
import { field, type Page, type Visitor } from '../../../test/pages.ts';
import { createClient, obtainTokens } from '../../../test/protocol.ts';

const app = await createTestApp();
const { api } = app;
await api('PATCH', '/api/account-center', { enabled: true, fields: EVERY_FIELD });

async function enter(path: string, more: object = {}) {
  const { id, username } = await createOwner(app, more);
  const { visitor, page } = await openAccount(app, username, path);
  return { id, username, visitor, page: page.name === 'account-verify' ? await prove(visitor, page) : page };
}
const at = (visitor: Visitor, path: string) => visitor.open(app.origin + path);
const linksOf = (page: Page, part: string) =>
  [...page.html.matchAll(/href="([^"]+)"/g)].map(([, href = '']) => href).filter((href) => href.includes(part));

describe('devices', () => {
  test('each is listed; one is signed out, or all but this one', async () => {
    const { username, visitor, page } = await enter('/account/sessions');
    expect(page.name).toBe('account-sessions');
    expect(linksOf(page, '/end')).toEqual([]);
    const others = await Promise.all([1, 2, 3].map(() => openAccount(app, username)));
    const list = await at(visitor, '/account/sessions');
    const [one = ''] = linksOf(list, '/end').filter((href) => !href.endsWith('end-others'));
    const question = await at(visitor, one);
    expect(question.name).toBe('account-confirm');
    await visitor.submit(question, one, {});
    expect(linksOf(await at(visitor, '/account/sessions'), '/end')).toHaveLength(3);
    await visitor.submit(await at(visitor, '/account/sessions/end-others'), '/account/sessions/end-others', {});
    for (const other of others) expect((await other.visitor.open(`${app.origin}/account`)).name).toBe('sign-in');
    expect((await at(visitor, '/account/sessions')).name).toBe('account-sessions');
  });
});

describe('applications', () => {
  test('one is shown with what it may do, and loses its access', async () => {
    const { id, visitor } = await enter('/account/applications');
    const client = await createClient(app);
    const tokens = await obtainTokens(app, client, id, { scope: 'openid profile email offline_access' });
    const page = await at(visitor, '/account/applications');
    expect(page.html).toContain('Test Traditional');
    expect(page.html).toContain('See your e-mail address');
    expect(page.html).not.toContain('Account center<');
    const path = `/account/applications/${client.id}/revoke`;
    await visitor.submit(await at(visitor, path), path, {});
    expect((await at(visitor, '/account/applications')).html).not.toContain('Test Traditional');
    const userinfo = await fetch(`${app.origin}/oidc/me`, {
      headers: { authorization: `Bearer ${tokens.body.access_token}` },
    });
    expect(userinfo.status).toBe(401);
  });
});

describe('organizations', () => {
  test('an invitation is accepted or declined, and an organization left', async () => {
    const [joined, declined] = await Promise.all([
      createOrganization(app, { name: 'Reading circle' }),
      createOrganization(app, { name: 'Chess club' }),
    ]);
    const email = 'invited@example.com';
    for (const organizationId of [joined.id, declined.id]) {
      const sent = await api('POST', '/api/organization-invitations', {
        organizationId,
        invitee: email,
        expiresAt: Date.now() + 86_400_000,
        messagePayload: false,
      });
      expect(sent.status).toBe(201);
    }
    const { id, visitor, page } = await enter('/account/organizations', { primaryEmail: email });
    expect(page.html).toContain('Reading circle');
    expect(page.html).toContain('Chess club');
    const pathOf = async (verb: string, name: string) => {
      const shown = await at(visitor, '/account/organizations');
      const row = shown.html.split('<li').find((part) => part.includes(name)) ?? '';
      return new RegExp(`action="([^"]+/${verb})"`).exec(row)?.[1] ?? '';
    };
    const answer = async (verb: string, name: string) =>
      visitor.submit(await at(visitor, '/account/organizations'), await pathOf(verb, name), {});
    expect(new URL((await answer('accept', 'Reading circle')).url).search).toBe('?done=invitation-accept');
    expect(new URL((await answer('decline', 'Chess club')).url).search).toBe('?done=invitation-decline');
    const members = async () => (await api('GET', `/api/users/${id}/organizations`)).body;
    expect((await members()).map(({ name }: { name: string }) => name)).toEqual(['Reading circle']);
    const path = `/account/organizations/${joined.id}/leave`;
    const question = await at(visitor, path);
    const proved = question.name === 'account-verify' ? await prove(visitor, question) : question;
    await visitor.submit(proved, path, {});
    expect(await members()).toEqual([]);
  });

  test('422 for an invitation of somebody else', async () => {
    const { id: organizationId } = await createOrganization(app, { name: 'Not yours' });
    const { body } = await api('POST', '/api/organization-invitations', {
      organizationId,
      invitee: 'somebody@example.com',
      expiresAt: Date.now() + 86_400_000,
      messagePayload: false,
    });
    const { visitor, page } = await enter('/account/organizations', { primaryEmail: 'else@example.com' });
    expect(page.html).not.toContain('Not yours');
    for (const verb of ['accept', 'decline']) {
      const answer = await visitor.browser.post(`${app.origin}/account/invitations/${body.id}/${verb}`, {
        csrf: field(page, 'csrf'),
      });
      expect(answer.status).toBe(422);
    }
  });
});

describe('access tokens', () => {
  test('a value is shown once; 422 for a name that is taken; one is deleted', async () => {
    const { id, visitor, page } = await enter('/account/tokens/new');
    const made = await visitor.submit(page, '/account/tokens/new', { name: 'Backup script', expires: '30' });
    const value = /<code[^>]*>(pat_\w+)</.exec(made.html)?.[1] ?? '';
    expect(value).not.toBe('');
    expect((await at(visitor, '/account/tokens')).html).not.toContain(value);
    const { body } = await api('GET', `/api/users/${id}/personal-access-tokens`);
    expect(body).toHaveLength(1);
    expect(body[0].expiresAt - Date.now()).toBeGreaterThan(29 * 86_400_000);
    const taken = await visitor.submit(page, '/account/tokens/new', { name: 'Backup script', expires: '' });
    expect([taken.status, taken.name]).toEqual([422, 'account-token-new']);
    const path = '/account/tokens/remove';
    await visitor.submit(await at(visitor, `${path}?name=Backup%20script`), path, {});
    expect((await api('GET', `/api/users/${id}/personal-access-tokens`)).body).toEqual([]);
  });
});

describe('the data of the account', () => {
  test('200 is a file without secrets, after the proof', async () => {
    const { username } = await createOwner(app, { name: 'Ada' });
    const { visitor } = await openAccount(app, username);
    const asked = await visitor.browser.get(`${app.origin}/account/data/export`);
    expect(asked.headers.get('location')).toContain('/account/verified-action');
    await prove(visitor, await at(visitor, '/account/verified-action'));
    const file = await visitor.browser.get(`${app.origin}/account/data/export`);
    expect(file.headers.get('content-disposition')).toMatch(/^attachment; filename="account-\d{4}-\d\d-\d\d\.json"$/);
    const document = (await file.json()) as { account: object };
    expect(document.account).toMatchObject({ name: 'Ada', username });
    expect(JSON.stringify(document)).not.toMatch(/digest|argon2/i);
  });
});
