import { describe, expect, it } from 'vitest';
import { connectGitlab } from '../gitlab.ts';
import { createTestApp } from '../harness.ts';
import { action, field, startSignIn, visit } from '../pages.ts';
import { createClient } from '../protocol.ts';

const app = await createTestApp();
const client = await createClient(app);
await connectGitlab(app, []);
const PASSWORD = 'Paper-lamp-4-river';
await app.modules.users.create(app.scope(), { username: 'ada', password: PASSWORD });

const fields = { identifier: 'ada', password: PASSWORD };
const paths = ['/sign-in', '/register', '/profile', '/link-account', '/set-password', '/consent', '/cancel'];

describe('a form', () => {
  it.each(paths)('to %s counts only with the token of its own flow', async (path) => {
    const { visitor, page } = await startSignIn(app, client);
    const other = await startSignIn(app, client);
    const target = `${app.origin}${path}?app_id=${client.id}`;
    for (const csrf of ['', 'made-up', field(other.page, 'csrf')]) {
      const answer = await visitor.browser.post(target, { ...fields, csrf });
      expect(answer.status).toBe(403);
      expect(answer.headers.get('location')).toBeNull();
    }
    // The flow is as it was: its own page still works.
    const end = await visitor.submit(page, '/sign-in', fields);
    expect(new URL(end.url).searchParams.get('code')).toBeTruthy();
  });

  it.each<Record<string, string>>([
    { origin: 'https://evil.example' },
    { origin: 'null' },
    { origin: 'http://localhost.evil.example' },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
  ])('of another site is refused even with the token: %j', async (headers) => {
    const { visitor, page } = await startSignIn(app, client);
    const target = new URL(action(page, '/sign-in') ?? '', page.url).href;
    const answer = await visitor.browser.post(target, { ...fields, csrf: field(page, 'csrf') }, headers);
    expect(answer.status).toBe(403);
  });

  it('without the flow’s cookie belongs to no flow', async () => {
    const { page } = await startSignIn(app, client);
    const stranger = visit(app);
    const answer = await stranger.browser.post(page.url, { ...fields, csrf: field(page, 'csrf') });
    expect(await answer.text()).toContain('lk-page-session-lost');
  });
});

describe('the link to a provider', () => {
  it('leads there from our own pages only', async () => {
    const { visitor } = await startSignIn(app, client);
    const url = `${app.origin}/social/gitlab-1?app_id=${client.id}`;
    const goesTo = async (headers: Record<string, string>) =>
      (await visitor.browser.get(url, headers)).headers.get('location') ?? '';
    expect(await goesTo({ 'sec-fetch-site': 'same-origin' })).toContain('/oauth/authorize');
    expect(await goesTo({ referer: `${app.origin}/sign-in` })).toContain('/oauth/authorize');
    for (const headers of [
      {},
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'none' },
      { referer: 'https://evil.example/' },
      { 'sec-fetch-site': 'cross-site', referer: `${app.origin}/sign-in` },
    ]) {
      expect(await goesTo(headers as Record<string, string>)).toMatch(/^\/sign-in\?/);
    }
  });

  it('leads nowhere without a flow', async () => {
    const answer = await visit(app).browser.get(`${app.origin}/social/gitlab-1`, { 'sec-fetch-site': 'same-origin' });
    expect(await answer.text()).toContain('lk-page-session-lost');
  });
});

it('cookies of the flow do not travel with a form of another site', async () => {
  const { visitor } = await startSignIn(app, client);
  const again = await visitor.browser.get(`${app.origin}/oidc/auth?client_id=${client.id}`);
  for (const cookie of again.headers.getSetCookie()) expect(cookie.toLowerCase()).toContain('samesite=lax');
});
