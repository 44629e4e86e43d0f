import { request } from 'node:http';
import { describe, expect, it } from 'vitest';
import { connectGitlab } from '../gitlab.ts';
import { createTestApp } from '../harness.ts';
import { startSignIn } from '../pages.ts';
import { createClient } from '../protocol.ts';

const app = await createTestApp();
const client = await createClient(app);
await connectGitlab(app, []);
const EVIL = 'evil.example';

interface Answer {
  status: number;
  /** Headers and body together: the host must turn up in neither. */
  text: string;
  location: string;
}

/** A request whose Host header is the attacker's, which `fetch` would not send. */
const send = (path: string, headers: Record<string, string>): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const { port } = new URL(app.origin);
    request({ host: 'localhost', port, path, headers }, (response) => {
      let body = '';
      response.on('data', (chunk: Buffer) => {
        body += chunk.toString();
      });
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          text: JSON.stringify(response.headers) + body,
          location: response.headers.location ?? '',
        }),
      );
    })
      .on('error', reject)
      .end();
  });

const forged: Record<string, string>[] = [
  { host: EVIL },
  { 'x-forwarded-host': EVIL },
  { 'x-forwarded-host': EVIL, 'x-forwarded-proto': 'https', forwarded: `host=${EVIL}` },
  { 'x-host': EVIL, 'x-original-host': EVIL, 'x-forwarded-server': EVIL },
];

describe.each(forged)('links are built from configuration, whatever %j says', (headers) => {
  it.each(['/sign-in', '/unknown-session', '/register', '/oidc/.well-known/openid-configuration'])(
    '%s',
    async (path) => {
      const { visitor } = await startSignIn(app, client);
      const cookie = `_interaction=${visitor.browser.cookie('_interaction')}`;
      const answer = await send(`${path}?app_id=${client.id}`, { cookie, accept: 'text/html', ...headers });
      if (headers.host) {
        // The page about a wrong address shows it as text; it leads nowhere.
        expect(answer.status).toBe(421);
        expect(answer.location).toBe('');
        expect(answer.text).not.toMatch(/(href|src|action)=[^>]*evil/);
      } else {
        expect(answer.text).not.toContain(EVIL);
      }
    },
  );

  it('the way to a provider', async () => {
    const { visitor } = await startSignIn(app, client);
    const cookie = `_interaction=${visitor.browser.cookie('_interaction')}`;
    const own = { cookie, 'sec-fetch-site': 'same-origin' };
    const answer = await send(`/social/gitlab-1?app_id=${client.id}`, { ...own, ...headers });
    expect(answer.status).toBe(303);
    expect(new URL(answer.location).searchParams.get('redirect_uri')).toBe(`${app.origin}/callback/gitlab-1`);
  });
});
