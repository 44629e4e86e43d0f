import { sql } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { createTestApp, tenantUrl } from '../harness.ts';
import { field, startSignIn, visit } from '../pages.ts';
import { authorizationRequest, createClient } from '../protocol.ts';

const app = await createTestApp();
const scope = () => app.scope('admin');
const base = tenantUrl(app.origin, 'admin');
const adminConsole = { id: 'admin-console', secret: undefined, redirectUri: `${app.origin}/console/callback` };
const ACCOUNT = { username: 'keeper', password: 'Brass-latch-9-door' };

const open = async (token: string | undefined, extra: Record<string, string> = {}) => {
  const params = { setup_token: token, first_screen: 'register', ...extra };
  const visitor = visit(app);
  return { visitor, page: await visitor.open(authorizationRequest(app, adminConsole, params, 'admin').url) };
};
const accounts = async () => {
  const found = await scope().db.execute<{ username: string }>(sql`select username from users`);
  return found.rows;
};

describe('nobody becomes an administrator', () => {
  it('without the link', async () => {
    const { visitor, page } = await open(undefined);
    expect(page.name).toBe('sign-in');
    const target = `${base}/register?app_id=admin-console`;
    const answer = await visitor.browser.post(target, { ...ACCOUNT, csrf: field(page, 'csrf') });
    expect(answer.status).toBe(422);
    expect(await accounts()).toEqual([]);
  });

  it('by the Experience API without the link', async () => {
    const { visitor } = await open(undefined);
    const cookie = `_interaction_admin=${visitor.browser.cookie('_interaction_admin')}`;
    const answer = await fetch(`${base}/api/experience`, {
      method: 'PUT',
      headers: { cookie, 'content-type': 'application/json' },
      body: JSON.stringify({ interactionEvent: 'Register' }),
    });
    expect(answer.status).toBe(403);
  });

  it.each(['made-up', ''])('with the link %j', async (token) => {
    const { page } = await open(token);
    expect(page.name).not.toBe('register');
  });

  it('with a recovery link', async () => {
    const user = await app.modules.users.create(scope(), { username: 'locked_out' });
    const token = await app.modules.tenants.links.issue(scope(), 'recover', user.id);
    const { visitor, page } = await open(token);
    expect(page.name).toBe('set-password');
    const target = `${base}/register?app_id=admin-console`;
    const answer = await visitor.browser.post(target, { ...ACCOUNT, csrf: field(page, 'csrf') });
    expect(answer.status).toBe(422);
    await (await app.apiOf('admin'))('DELETE', `/api/users/${user.id}`);
  });

  it('by a link of the admin tenant in another tenant', async () => {
    const token = await app.modules.tenants.links.issue(scope(), 'setup');
    await app.api('PATCH', '/api/sign-in-exp', { signInMode: 'SignIn' });
    const client = await createClient(app);
    const { page } = await startSignIn(app, client, { setup_token: token, first_screen: 'register' });
    expect(page.name).not.toBe('register');
  });
});

it('of fifty at once with one link, one becomes the administrator and the rest leave nothing behind', async () => {
  const token = await app.modules.tenants.links.issue(scope(), 'setup');
  const flows = await Promise.all(Array.from({ length: 50 }, () => open(token)));
  expect(flows.every(({ page }) => page.name === 'register')).toBe(true);
  const ends = await Promise.all(
    flows.map(({ visitor, page }, index) =>
      visitor.submit(page, '/register', { username: `keeper_${index}`, password: ACCOUNT.password }),
    ),
  );
  const winners = ends.filter(({ url }) => url.includes('/console/callback'));
  expect(winners).toHaveLength(1);
  for (const loser of ends.filter((end) => !winners.includes(end))) {
    expect(['error', 'register']).toContain(loser.name);
  }
  expect(await accounts()).toHaveLength(1);
  expect(await app.modules.tenants.hasAdministrator()).toBe(true);
  expect((await open(token)).page).toMatchObject({ status: 403, name: 'error' });
}, 120_000);

it('a link ends by itself', async () => {
  const token = await app.modules.tenants.links.issue(scope(), 'setup');
  app.advance(8 * 86_400_000);
  const { page } = await open(token);
  expect(page).toMatchObject({ status: 403, name: 'error' });
});
