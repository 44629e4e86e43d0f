import { describe, expect, it } from 'vitest';
import { connectGitlab, pressSocial } from '../gitlab.ts';
import { createTestApp } from '../harness.ts';
import { startSignIn, visit } from '../pages.ts';
import { createClient } from '../protocol.ts';

const app = await createTestApp();
const client = await createClient(app);
await connectGitlab(app, []);
const evil = ['https://evil.example', '//evil.example', '/\\evil.example', 'javascript:alert(1)'];
const names = ['redirect', 'redirect_to', 'redirect_uri', 'return_to', 'next', 'fallback', 'back', 'backHref'];

describe.each(['/sign-in', '/register', '/direct/social/none', '/consent', '/unknown-session'])('%s', (path) => {
  it('leads nowhere that its query names', async () => {
    for (const target of evil) {
      const { visitor } = await startSignIn(app, client);
      const query = new URLSearchParams({
        app_id: client.id,
        ...Object.fromEntries(names.map((name) => [name, target])),
      });
      const answer = await visitor.browser.get(`${app.origin}${path}?${query}`);
      const location = answer.headers.get('location');
      if (location) expect(new URL(location, app.origin).origin).toBe(app.origin);
      const html = await answer.text();
      expect(html).not.toContain(target);
    }
  });
});

it('an unknown application is no way out of a lost sign-in', async () => {
  const page = await visit(app).open(`${app.origin}/sign-in?app_id=https://evil.example/`);
  expect(page.name).toBe('session-lost');
  expect(page.html).not.toContain('evil.example');
});

it('a provider is given this install’s own address to come back to', async () => {
  const { visitor, page } = await startSignIn(app, client);
  const target = new URL(await pressSocial(visitor, page));
  expect(target.searchParams.get('redirect_uri')).toBe(`${app.origin}/callback/gitlab-1`);
});

it('a form from a provider comes back to the same path, whatever it carries', async () => {
  for (const connectorId of ['..%2F..%2Fevil', '%2F%2Fevil.example', 'x%0d%0aset-cookie:a=b']) {
    const answer = await fetch(`${app.origin}/callback/${connectorId}`, {
      method: 'POST',
      redirect: 'manual',
      body: new URLSearchParams({ state: 'https://evil.example' }),
    });
    const location = answer.headers.get('location') ?? '/callback/';
    expect(location.startsWith('/callback/')).toBe(true);
    expect(new URL(location, app.origin).origin).toBe(app.origin);
    expect(answer.headers.get('set-cookie')).toBeNull();
  }
});
