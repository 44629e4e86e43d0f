import { sql } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { createOwner, EVERY_FIELD, openAccount, PASSWORD, prove } from '../../../test/account-center.ts';
import { createTestApp } from '../../../test/harness.ts';
import { field, type Page, type Visitor } from '../../../test/pages.ts';
import { createClient, obtainTokens } from '../../../test/protocol.ts';

const app = await createTestApp();
const { api } = app;
const FIELDS = { ...EVERY_FIELD, accountDeletion: 'Edit' };
await api('PATCH', '/api/account-center', { enabled: true, fields: FIELDS });
const client = await createClient(app);
const statusOf = async (id: string) => (await api('GET', `/api/users/${id}`)).status;
const trailOf = async (id: string) =>
  (await api('GET', `/api/logs?userId=${id}&page_size=100`)).body.map(({ key }: { key: string }) => key);
/** Lets days go by for one request: a clock that moves would end every session and token of the test too. */
const passDays = (id: string, days: number) =>
  app.world.database
    .forSystem('test')
    .execute(sql`update account_deletions set due_at = due_at - make_interval(days => ${days}) where user_id = ${id}`);
const runJobs = () => app.runJob('delete-accounts');

/** An owner who has asked for the end of the account. */
async function leave(): Promise<{ id: string; username: string; visitor: Visitor; page: Page }> {
  const { id, username } = await createOwner(app);
  const { visitor, page } = await openAccount(app, username, '/account/delete');
  const question = await prove(visitor, page);
  expect(question.name).toBe('account-confirm');
  return { id, username, visitor, page: await visitor.submit(question, '/account/delete', {}) };
}

describe('deleting one’s own account', () => {
  test('suspends it at once, ends sessions and tokens, and deletes it after seven days', async () => {
    const { id, username } = await createOwner(app);
    const tokens = await obtainTokens(app, client, id, { scope: 'openid' });
    const { visitor, page } = await openAccount(app, username, '/account/delete');
    const gone = await visitor.submit(await prove(visitor, page), '/account/delete', {});
    expect(gone.name).toBe('account-leaving');
    expect((await visitor.open(`${app.origin}/account`)).name).toBe('sign-in');
    const headers = { authorization: `Bearer ${tokens.body.access_token}` };
    expect((await fetch(`${app.origin}/oidc/me`, { headers })).status).toBe(401);
    expect((await api('GET', `/api/users/${id}`)).body.isSuspended).toBe(true);
    await passDays(id, 6);
    await runJobs();
    expect(await statusOf(id)).toBe(200);
    await passDays(id, 1);
    await Promise.all(Array.from({ length: 50 }, runJobs));
    expect(await statusOf(id)).toBe(404);
    expect((await trailOf(id)).filter((key: string) => /Deletion|Deleted/.test(key)).sort()).toEqual([
      'AccountDeletion.Requested',
      'User.Deleted',
    ]);
  });

  test('who signs in before that may keep it, once', async () => {
    const { id, username } = await leave();
    const { visitor, page } = await openAccount(app, username);
    expect(page.name).toBe('account-keep');
    const kept = await visitor.submit(page, '/account/keep', {
      token: /name="token" value="(\w+)"/.exec(page.html)?.[1] ?? '',
    });
    expect(kept.name).toBe('account-kept');
    expect((await openAccount(app, username)).page.name).toBe('account-profile');
    expect((await visitor.open(page.url)).status).toBe(404);
    await passDays(id, 8);
    await runJobs();
    expect(await statusOf(id)).toBe(200);
    expect(await trailOf(id)).toContain('AccountDeletion.Cancelled');
  });

  test('of fifty who bring the secret at once, one takes it back', async () => {
    const { username } = await leave();
    const { visitor, page } = await openAccount(app, username);
    const token = /name="token" value="(\w+)"/.exec(page.html)?.[1] ?? '';
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => visitor.browser.post(`${app.origin}/account/keep`, { token })),
    );
    expect(answers.filter(({ status }) => status === 303)).toHaveLength(1);
  });

  test('a wrong password is told nothing; a suspension by an administrator cannot be taken back', async () => {
    const { username } = await leave();
    const visitor = (await openAccount(app, username)).visitor;
    const first = await visitor.open(`${app.origin}/account`);
    const wrong = await visitor.submit(first, '/sign-in', { identifier: username, password: `${PASSWORD}x` });
    expect([wrong.status, wrong.name]).toEqual([422, 'sign-in']);
    const { id, username: suspended } = await createOwner(app);
    await api('PATCH', `/api/users/${id}/is-suspended`, { isSuspended: true });
    expect((await openAccount(app, suspended)).page.name).toBe('suspended');
  });

  test('stays when an administrator has lifted the suspension meanwhile', async () => {
    const { id } = await leave();
    await api('PATCH', `/api/users/${id}/is-suspended`, { isSuspended: false });
    await passDays(id, 8);
    await runJobs();
    expect(await statusOf(id)).toBe(200);
  });

  test('the tenant sets the days, a page of its own, or that nobody may', async () => {
    await api('PATCH', '/api/account-center', { deletionGraceDays: 30 });
    const { username } = await createOwner(app);
    const { visitor, page } = await openAccount(app, username, '/account/delete');
    expect((await prove(visitor, page)).html).toContain('30');
    await api('PATCH', '/api/account-center', { deleteAccountUrl: 'https://shop.example/goodbye' });
    const data = await visitor.open(`${app.origin}/account/delete`);
    expect(data.name).toBe('account-data');
    expect(data.html).toContain('https://shop.example/goodbye');
    await api('PATCH', '/api/account-center', { deleteAccountUrl: null, fields: { accountDeletion: 'Off' } });
    const closed = await visitor.open(`${app.origin}/account/delete`);
    expect(closed.name).toBe('account-data');
    const csrf = field(closed, 'csrf');
    expect((await visitor.browser.post(`${app.origin}/account/delete`, { csrf })).status).toBe(400);
    expect((await api('PATCH', '/api/account-center', { deletionGraceDays: 91 })).status).toBe(400);
  });
});
