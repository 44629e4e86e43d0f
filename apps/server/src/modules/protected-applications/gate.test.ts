import { once } from 'node:events';
import { connect } from 'node:net';
import { createRemoteJWKSet, jwtVerify } from 'jose';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createProtectedTestApp, type SeenRequest, send, visitApp } from '../../../test/protected-apps.ts';

const world = await createProtectedTestApp();
const { app, at, backend, protect } = world;
const { api } = app;
const keys = createRemoteJWKSet(new URL(`${app.origin}/oidc/jwks`));
const nora = await app.modules.users.create(app.scope(), { username: 'nora', primaryEmail: 'nora@acme.test' });
const wiki = await protect('wiki');

const seenBy = ({ body }: { body: string }): SeenRequest => JSON.parse(body);
/** Somebody who is at the app. */
async function enter(home: string, userId = nora.id) {
  const visitor = visitApp(world);
  expect((await visitor.signIn(`${home}/`, userId)).status).toBe(200);
  return visitor;
}

afterEach(() => {
  backend.answer = undefined;
  backend.seen.length = 0;
});

describe('who is not signed in', () => {
  it('303 to the sign-in by PKCE and state, for a page; nothing reaches the app', async () => {
    const { atApp } = visitApp(world);
    const { status, headers } = await atApp.open(`${wiki.home}/page?x=1`);
    expect([status, headers['cache-control']]).toEqual([303, 'no-store']);
    const url = new URL(headers.location ?? '');
    expect(url.origin + url.pathname).toBe(`${app.origin}/oidc/auth`);
    expect(Object.fromEntries(url.searchParams)).toMatchObject({
      client_id: wiki.id,
      redirect_uri: `${wiki.home}/sign-in-callback`,
      response_type: 'code',
      scope: 'openid profile email phone',
      code_challenge_method: 'S256',
      code_challenge: expect.stringMatching(/^[\w-]{43}$/),
      state: expect.stringMatching(/.{60,}/),
    });
    expect(headers['set-cookie']).toEqual([expect.stringMatching(/; Path=\/; Max-Age=3600; HttpOnly; SameSite=Lax$/)]);
    expect(backend.seen).toEqual([]);
  });

  it('401 for what a script of a page fetches, and for a form that is sent', async () => {
    const { atApp } = visitApp(world);
    expect((await atApp.fetch(`${wiki.home}/api`)).status).toBe(401);
    expect((await atApp.fetch(`${wiki.home}/save`, { method: 'POST', body: 'a=b' })).status).toBe(401);
    expect((await send(`${wiki.home}/`)).status).toBe(401);
    expect(backend.seen).toEqual([]);
  });

  it('/register leads to the form for new accounts', async () => {
    const { headers } = await visitApp(world).atApp.open(`${wiki.home}/register`);
    expect(new URL(headers.location ?? '').searchParams.get('first_screen')).toBe('register');
  });
});

describe('who is signed in', () => {
  it('comes to the page that was asked for, and the app is told who it is', async () => {
    const visitor = visitApp(world);
    const { headers } = seenBy(await visitor.signIn(`${wiki.home}/page?x=1&y=%2F`, nora.id));
    const { url, method } = backend.seen[0] as SeenRequest;
    expect([method, url]).toEqual(['GET', '/page?x=1&y=%2F']);
    expect(headers).toMatchObject({
      host: new URL(backend.origin).host,
      'logto-host': new URL(wiki.home).host,
      'x-forwarded-host': new URL(wiki.home).host,
      'x-forwarded-proto': 'http',
      'x-forwarded-for': expect.stringContaining('127.0.0.1'),
      'x-forwarded-user': nora.id,
      'x-forwarded-email': 'nora@acme.test',
      'x-forwarded-preferred-username': 'nora',
      authorization: `Basic ${Buffer.from(`${wiki.id}:${wiki.secret}`).toString('base64')}`,
    });
    const { payload } = await jwtVerify(headers['logto-id-token'] as string, keys, {
      issuer: `${app.origin}/oidc`,
      audience: wiki.id,
      subject: nora.id,
    });
    expect(payload).toMatchObject({ username: 'nora', email: 'nora@acme.test', auth_time: expect.any(Number) });
    expect(headers.cookie).toBeUndefined();
    const line = visitor.atApp.cookies.get('latchkey-app-session');
    expect(line).toMatch(/^[0-9A-Za-z]{32}$/);
  });

  it('sends bodies and reads answers as streams, both ways', async () => {
    const { atApp } = await enter(wiki.home);
    const body = 'x'.repeat(3_000_000);
    const put = seenBy(await atApp.fetch(`${wiki.home}/big`, { method: 'PUT', body }));
    expect([put.method, put.body.length]).toEqual(['PUT', body.length]);
    backend.answer = (_request, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write('data: one\n\n');
    };
    const { port, host } = new URL(wiki.home);
    const socket = connect(Number(port), '127.0.0.1');
    const cookie = `latchkey-app-session=${atApp.cookies.get('latchkey-app-session')}`;
    socket.write(`GET /events HTTP/1.1\r\nhost: ${host}\r\ncookie: ${cookie}\r\n\r\n`);
    let text = '';
    socket.on('data', (chunk) => {
      text += chunk;
    });
    // The answer has no end: what is there already arrives all the same.
    await vi.waitFor(() => expect(text).toContain('data: one'), { timeout: 20_000 });
    socket.destroy();
  });

  it('methods and headers of all kinds pass, hop-by-hop headers do not', async () => {
    const { atApp } = await enter(wiki.home);
    const headers = { 'x-own': 'yes', 'x-secret-hop': 'no', connection: 'x-secret-hop, keep-alive', te: 'trailers' };
    const seen = seenBy(await atApp.fetch(`${wiki.home}/dav`, { method: 'PROPFIND', headers }));
    expect([seen.method, seen.headers['x-own'], seen.headers['x-secret-hop'], seen.headers.te]).toEqual([
      'PROPFIND',
      'yes',
      undefined,
      undefined,
    ]);
  });

  it('cookies and redirects of the app are those of its host', async () => {
    const { atApp } = await enter(wiki.home);
    backend.answer = (_request, response) => {
      response.writeHead(302, {
        location: `${backend.origin}/next?a=b`,
        'set-cookie': ['a=1; Domain=localhost; Path=/', 'latchkey-app-session=planted', 'b=2'],
      });
      response.end();
    };
    const { status, headers } = await atApp.open(`${wiki.home}/go`);
    expect([status, headers.location, headers['set-cookie']]).toEqual([
      302,
      `${wiki.home}/next?a=b`,
      ['a=1; Path=/', 'b=2'],
    ]);
  });

  it('a web socket is carried, with who it is', async () => {
    const { atApp } = await enter(wiki.home);
    const { socket, text } = await openSocket(wiki.home, atApp.cookies.get('latchkey-app-session'));
    await vi.waitFor(() => expect(text()).toContain('101 Switching'), { timeout: 20_000 });
    socket.write('hello');
    await vi.waitFor(() => expect(text()).toContain('hello'), { timeout: 20_000 });
    expect(backend.seen.at(-1)?.headers).toMatchObject({ 'x-forwarded-user': nora.id, upgrade: 'websocket' });
    socket.destroy();
    const stranger = await openSocket(wiki.home, undefined);
    await vi.waitFor(() => expect(stranger.text()).toContain('401 Unauthorized'), { timeout: 20_000 });
  });

  it('of several tabs that were sent to sign in, each comes back to its page', async () => {
    const { atApp, atSignIn, signInAt } = visitApp(world);
    const other = await atApp.open(`${wiki.home}/second`);
    await atApp.open(await signInAt(`${wiki.home}/first`, nora.id));
    const { url } = await atSignIn.follow(
      await atSignIn.get(other.headers.location ?? ''),
      other.headers.location ?? '',
    );
    expect((await atApp.open(url)).headers.location).toBe(`${wiki.home}/second`);
  });
});

async function openSocket(home: string, session: string | undefined) {
  const { port, host } = new URL(home);
  const socket = connect(Number(port), '127.0.0.1');
  await once(socket, 'connect');
  socket.on('error', () => undefined);
  let received = '';
  socket.on('data', (chunk) => {
    received += chunk;
  });
  const lines = ['GET /socket HTTP/1.1', `host: ${host}`, 'connection: Upgrade', 'upgrade: websocket'];
  if (session) lines.push(`cookie: latchkey-app-session=${session}`);
  socket.write(`${lines.join('\r\n')}\r\n\r\n`);
  return { socket, text: () => received };
}

describe('a session ends', () => {
  it('when its time is over', async () => {
    const short = await protect('short', { sessionDuration: 60 });
    const { atApp } = await enter(short.home);
    app.advance(59_000);
    expect((await atApp.fetch(`${short.home}/`)).status).toBe(200);
    app.advance(2000);
    expect((await atApp.fetch(`${short.home}/`)).status).toBe(401);
  });

  it('by /sign-out, which leads on to the sign-out of the tenant', async () => {
    const { atApp } = await enter(wiki.home);
    const stolen = new Map(atApp.cookies);
    const { status, headers } = await atApp.open(`${wiki.home}/sign-out`);
    const url = new URL(headers.location ?? '');
    expect([status, url.pathname, url.searchParams.get('post_logout_redirect_uri')]).toEqual([
      303,
      '/oidc/session/end',
      `${wiki.home}/`,
    ]);
    expect(atApp.cookies.has('latchkey-app-session')).toBe(false);
    for (const [name, value] of stolen) atApp.cookies.set(name, value);
    expect((await atApp.fetch(`${wiki.home}/`)).status).toBe(401);
  });

  it.each([
    [
      'the session that it came from is ended',
      async (userId: string) => {
        const [session] = (await api('GET', `/api/users/${userId}/sessions`)).body.sessions;
        expect((await api('DELETE', `/api/users/${userId}/sessions/${session.payload.uid}`)).status).toBe(204);
      },
    ],
    [
      'the user is suspended',
      (userId: string) => api('PATCH', `/api/users/${userId}/is-suspended`, { isSuspended: true }),
    ],
    ['the user is deleted', (userId: string) => api('DELETE', `/api/users/${userId}`)],
    [
      'what the user let the application have is taken back',
      async (userId: string) => {
        const { grants } = (await api('GET', `/api/users/${userId}/grants`)).body;
        for (const { id } of grants) await api('DELETE', `/api/users/${userId}/grants/${id}`);
      },
    ],
  ])('with the next request when %s', async (_when, end) => {
    const { id } = await app.modules.users.create(app.scope(), {});
    const { atApp } = await enter(wiki.home, id);
    expect((await atApp.fetch(`${wiki.home}/`)).status).toBe(200);
    await end(id);
    expect((await atApp.fetch(`${wiki.home}/`)).status).toBe(401);
  });
});

describe('who may enter', () => {
  it('403 for whom the application does not let in, within a minute too', async () => {
    const closed = await protect('closed');
    const { atApp } = await enter(closed.home);
    await api('PATCH', `/api/applications/${closed.id}`, { appLevelAccessControlEnabled: true });
    app.advance(61_000);
    const refused = await atApp.open(`${closed.home}/`, { 'accept-language': 'ja' });
    expect([refused.status, refused.body]).toEqual([403, expect.stringContaining('このアプリを開けません')]);
    const rules = { userIds: [nora.id], userRoleIds: [], organizationIds: [], organizationRoleRules: [] };
    expect((await api('PUT', `/api/applications/${closed.id}/access-control`, rules)).status).toBeLessThan(300);
    expect((await atApp.open(`${closed.home}/`)).status).toBe(200);
  });

  it('rules say which paths need a sign-in', async () => {
    const shop = await protect('shop', { pageRules: [{ path: '^/admin' }, { path: '^/private/' }] });
    const { atApp } = visitApp(world);
    const open = seenBy(await atApp.fetch(`${shop.home}/catalogue`));
    expect([open.headers['x-forwarded-user'], open.headers['logto-id-token']]).toEqual([undefined, undefined]);
    for (const path of ['/admin', '/admin/users', '/private/x']) {
      expect([path, (await atApp.open(`${shop.home}${path}`)).status]).toEqual([path, 303]);
    }
    const person = visitApp(world);
    await person.signIn(`${shop.home}/admin`, nora.id);
    expect(seenBy(await person.atApp.fetch(`${shop.home}/catalogue`)).headers['x-forwarded-user']).toBe(nora.id);
  });
});

describe('an app that does not answer', () => {
  it('502, and 502 for a web socket', async () => {
    const gone = await protect('gone');
    const { atApp } = await enter(gone.home);
    await api('PATCH', `/api/applications/${gone.id}`, { protectedAppMetadata: { origin: 'http://127.0.0.1:1' } });
    const { status, body, headers } = await atApp.open(`${gone.home}/`);
    expect([status, headers['cache-control']]).toEqual([502, 'no-store']);
    expect(body).toContain('The app does not answer');
    const { text } = await openSocket(gone.home, atApp.cookies.get('latchkey-app-session'));
    await vi.waitFor(() => expect(text()).toContain('502 Bad Gateway'), { timeout: 20_000 });
  });

  it('an answer that breaks off is broken off', async () => {
    const { atApp } = await enter(wiki.home);
    backend.answer = (_request, response) => {
      response.writeHead(200, { 'content-length': '100' });
      response.write('half', () => response.destroy());
    };
    await expect(atApp.fetch(`${wiki.home}/half`)).rejects.toThrow();
  });

  it('508 where the app leads back here', async () => {
    const circle = await protect('circle');
    const { atApp } = await enter(circle.home);
    const origin = at('circle.localhost').replace('circle.localhost', '127.0.0.1');
    backend.answer = (request, response) => {
      const onward = { host: new URL(circle.home).host, via: String(request.headers.via) };
      send(`${origin}/`, { headers: onward }).then(({ status }) => response.writeHead(status).end());
    };
    expect((await atApp.fetch(`${circle.home}/`)).status).toBe(508);
  });
});
