import { once } from 'node:events';
import { connect } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { createProtectedTestApp, type SeenRequest, send, visitApp } from '../protected-apps.ts';
import { signInThrough } from '../protocol.ts';

/**
 * An app behind believes what stands in front of it. So nobody may say who they are but this server, no cookie or path
 * that is odd may count for a good one (authentik CVE-2026-25748), and what stands in front must not be led elsewhere.
 */
const world = await createProtectedTestApp();
const { app, backend, protect } = world;
const mallory = await app.modules.users.create(app.scope(), { username: 'mallory' });
const victim = await app.modules.users.create(app.scope(), { username: 'victim' });
const wiki = await protect('wiki');
const shop = await protect('shop', { pageRules: [{ path: '^/admin' }, { path: '^/(?!public).*secret' }] });

const seenBy = ({ body }: { body: string }): SeenRequest => JSON.parse(body);
const SESSION = 'latchkey-app-session';

async function enter(home: string, userId: string) {
  const visitor = visitApp(world);
  expect((await visitor.signIn(`${home}/admin`, userId)).status).toBe(200);
  return visitor.atApp;
}

/** What is written on a connection as it is, and all that comes back. */
async function write(home: string, text: string): Promise<string> {
  const socket = connect(Number(new URL(home).port), '127.0.0.1');
  socket.end(text);
  let answer = '';
  socket.on('data', (chunk) => {
    answer += chunk;
  });
  await once(socket, 'close');
  return answer;
}

afterEach(() => {
  backend.seen.length = 0;
});

describe('nobody says of themselves who they are', () => {
  const claims = {
    'X-Forwarded-User': victim.id,
    X_Forwarded_User: victim.id,
    'x-forwarded_user': victim.id,
    'X-Forwarded-Email': 'victim@acme.test',
    'X-Forwarded-Groups': 'admins',
    'X-Auth-Request-User': victim.id,
    'X-WebAuth-User': victim.id,
    'Remote-User': victim.id,
    REMOTE_USER: victim.id,
    'X-Remote-User': victim.id,
    'Logto-ID-Token': 'e30.e30.e30',
    Logto_ID_Token: 'e30.e30.e30',
    'Logto-Host': 'evil.test',
    'X-Forwarded-Host': 'evil.test',
    'X-Forwarded-For': '10.0.0.1',
    'X-Real-IP': '10.0.0.1',
    Forwarded: 'for=10.0.0.1',
    'X-Original-URL': '/admin',
    Authorization: 'Basic YWRtaW46YWRtaW4=',
  };

  it('at an open path: none of it arrives', async () => {
    const { headers } = seenBy(await send(`${shop.home}/`, { headers: claims }));
    const text = JSON.stringify(headers);
    for (const lie of [victim.id, 'victim@acme.test', 'admins', 'e30', 'evil.test', '10.0.0.1', 'YWRtaW4', '/admin']) {
      expect(text).not.toContain(lie);
    }
  });

  it('signed in: what arrives is what is true, also when the connection is told to drop it', async () => {
    const atApp = await enter(wiki.home, mallory.id);
    const headers = { ...claims, Connection: 'x-forwarded-user, logto-id-token, keep-alive' };
    const seen = seenBy(await atApp.fetch(`${wiki.home}/`, { headers }));
    expect(seen.headers).toMatchObject({ 'x-forwarded-user': mallory.id, 'logto-id-token': expect.any(String) });
    expect(JSON.stringify(seen.headers)).not.toContain(victim.id);
  });

  it('a body does not become a request of its own', async () => {
    const { host } = new URL(shop.home);
    const inner = `GET /admin HTTP/1.1\r\nhost: x\r\nx-forwarded-user: ${victim.id}\r\n\r\n`;
    const body = `${inner.length.toString(16)}\r\n${inner}\r\n0\r\n\r\n`;
    for (const method of ['DELETE', 'OPTIONS', 'GET', 'POST', 'PROPFIND']) {
      await write(
        shop.home,
        `${method} / HTTP/1.1\r\nhost: ${host}\r\ntransfer-encoding: chunked\r\nconnection: close\r\n\r\n${body}`,
      );
    }
    expect(backend.seen.map(({ method, url }) => `${method} ${url}`)).toEqual(['GET /', 'POST /', 'PROPFIND /']);
    backend.seen.length = 0;
    const both = `POST / HTTP/1.1\r\nhost: ${host}\r\ncontent-length: 5\r\ntransfer-encoding: chunked\r\n\r\n${body}`;
    expect(await write(shop.home, both)).toMatch(/^HTTP\/1.1 400/);
    expect(backend.seen).toEqual([]);
  });
});

describe('what is odd means no', () => {
  it('cookies that are malformed, doubled, of another host or application, or of nobody', async () => {
    const value = (await enter(wiki.home, mallory.id)).cookies.get(SESSION);
    expect((await send(`${wiki.home}/`, { headers: { cookie: `${SESSION}=${value}` } })).status).toBe(200);
    const cookies = [
      '',
      '=',
      ';;;',
      SESSION,
      `${SESSION}=`,
      `${SESSION}=""`,
      `${SESSION}="${value}"`,
      `${SESSION}=${value}x`,
      `${SESSION}=${value}; ${SESSION}=${value}`,
      `${SESSION}=planted; ${SESSION}=${value}`,
      `${SESSION}=%00`,
      `${SESSION}=' or 1=1 --`,
      `${SESSION}=${'a'.repeat(8000)}`,
      `${SESSION.toUpperCase()}=${value}`,
      `__Host-${SESSION}=${value}`,
    ];
    for (const cookie of cookies) {
      expect([cookie, (await send(`${wiki.home}/`, { headers: { cookie } })).status]).toEqual([cookie, 401]);
    }
    const elsewhere = await send(`${shop.home}/admin`, { headers: { cookie: `${SESSION}=${value}` } });
    expect(elsewhere.status).toBe(401);
  });

  it('methods and hosts', async () => {
    const { host } = new URL(wiki.home);
    expect((await send(`${wiki.home}/`, { method: 'TRACE' })).status).toBe(401);
    expect((await send(`${wiki.home}/`, { method: 'PURGE' })).status).toBe(401);
    expect(await write(wiki.home, 'GET / HTTP/1.1\r\n\r\n')).toMatch(/^HTTP\/1.1 400/);
    expect(await write(wiki.home, `GET / HTTP/1.1\r\nhost: ${host}\r\nhost: ${host}\r\n\r\n`)).toMatch(/^HTTP\/1.1 4/);
    expect(await write(wiki.home, `CONNECT 10.0.0.1:80 HTTP/1.1\r\nhost: ${host}\r\n\r\n`)).not.toMatch(
      /^HTTP\/1.1 200/,
    );
    expect(backend.seen).toEqual([]);
  });

  it.each([
    '/admin',
    '/ADMIN',
    '//admin',
    '/x/../admin',
    '/x/%2e%2e/admin',
    '/%61dmin',
    '/%2561dmin',
    '/.//admin',
    '/\\admin',
    '/%2Fadmin',
    '/%5Cadmin',
    '/admin%',
    '/%E0%A4%A',
    'http://other.test/admin',
    '/x/secret',
  ])('the path %s needs a sign-in, as the app may take it for one that does', async (path) => {
    expect((await send(`${shop.home}/`, { path })).status).toBe(401);
    expect(backend.seen).toEqual([]);
  });

  it('a rule that would be tried for ever is given up, and then the path needs a sign-in', async () => {
    const slow = await protect('slow', { pageRules: [{ path: '^/(a+)+$' }] });
    expect((await send(`${slow.home}/b`)).status).toBe(200);
    // Each of these would take years; after the first few the rule is not tried any more.
    for (let times = 0; times < 20; times++) {
      expect((await send(`${slow.home}/${'a'.repeat(60)}!${times}`)).status).toBe(401);
    }
    expect((await send(`${slow.home}/b`)).status).toBe(401);
  });
});

describe('the way back from signing in', () => {
  it('leads to the host, whatever the path looks like', async () => {
    for (const path of ['//evil.test/x', '/\\evil.test', '/%09/evil.test', 'http://evil.test/x', '/@evil.test']) {
      const { atApp, atSignIn } = visitApp(world);
      const asked = await send(`${wiki.home}/`, {
        path,
        headers: { accept: 'text/html', 'sec-fetch-mode': 'navigate' },
      });
      for (const line of asked.headers['set-cookie'] ?? []) {
        const [name = '', value = ''] = (line.split(';')[0] ?? '').split('=');
        atApp.cookies.set(name, value);
      }
      const request = { url: asked.headers.location ?? '', verifier: '', state: '' };
      const back = await signInThrough(app, request, mallory.id, atSignIn);
      const { location = '' } = (await atApp.open(back.href)).headers;
      expect([path, new URL(location).origin]).toEqual([path, wiki.home]);
    }
  });

  it('400 for an answer that another browser, host or application asked for (login CSRF)', async () => {
    const attacker = visitApp(world);
    const back = await attacker.signInAt(`${wiki.home}/`, mallory.id);
    for (const { atApp } of [visitApp(world), visitApp(world)]) {
      await atApp.open(`${wiki.home}/`);
      const answer = await atApp.open(back);
      expect([answer.status, atApp.cookies.has(SESSION)]).toEqual([400, false]);
    }
    const elsewhere = back.replace(wiki.home, shop.home);
    expect((await attacker.atApp.open(elsewhere)).status).toBe(400);
    expect((await attacker.atApp.open(back.replace(/code=[^&]+/, 'code=other'))).status).toBe(400);
    expect((await attacker.atApp.open(back)).status).toBe(303);
  });

  it('of 50 that bring the same answer at once, one comes in', async () => {
    const visitor = visitApp(world);
    const back = await visitor.signInAt(`${wiki.home}/`, mallory.id);
    const answers = await Promise.all(Array.from({ length: 50 }, () => visitor.atApp.open(back)));
    expect(answers.map(({ status }) => status).sort()).toEqual([303, ...Array(49).fill(400)]);
  });
});

/** An install that others reach, with an application at a name of the tenant's own that needs no sign-in. */
async function openInstall(env: Record<string, string>) {
  const install = await createProtectedTestApp({ TRUST_PROXY_HEADER: 'true', ...env });
  const { api } = install.app;
  const { id } = await install.protect('wiki.acme.test', { pageRules: [{ path: '^/closed' }] });
  const domains = `/api/applications/${id}/protected-app-metadata/custom-domains`;
  const [{ dnsRecords }] = (await api('GET', domains)).body;
  install.records.set(dnsRecords[0].name, dnsRecords[0].value);
  await api('GET', domains);
  const ask = async (host: string, path = '/') => {
    const headers = { 'x-forwarded-host': host, 'x-forwarded-proto': 'https' };
    return (await send(`${install.app.origin}${path}`, { headers })).status;
  };
  return {
    ...install,
    ask,
    /** What comes when the app is said to listen there. */
    async askAt(origin: string): Promise<number> {
      await api('PATCH', `/api/applications/${id}`, { protectedAppMetadata: { origin } });
      return ask('wiki.acme.test');
    },
  };
}

it('502 for private addresses, by number and by name; nothing is connected. A tenant’s own address comes first', async () => {
  const {
    app: install,
    ask,
    askAt,
    backend: behind,
    protect: add,
  } = await openInstall({
    ENDPOINT: 'https://*.example.com',
  });
  const { port } = new URL(behind.origin);
  const addresses = ['localhost', '127.0.0.1', '[::ffff:127.0.0.1]'].map((host) => `http://${host}:${port}`);
  for (const origin of [...addresses, 'http://169.254.169.254']) {
    expect([origin, await askAt(origin)]).toEqual([origin, 502]);
  }
  expect(behind.seen).toEqual([]);

  await add('acme', { pageRules: [{ path: '^/closed' }] });
  const document = '/oidc/.well-known/openid-configuration';
  // The application is asked, and its address is private.
  expect(await ask('acme.example.com', document)).toBe(502);
  await install.modules.tenants.create({ id: 'acme', name: 'Acme' });
  expect(await ask('acme.example.com', document)).toBe(200);
});

it('200 for what EGRESS_ALLOWED_HOSTS names, to the port', async () => {
  const { askAt } = await openInstall({
    ENDPOINT: 'https://id.example.com',
    EGRESS_ALLOWED_HOSTS: new URL(backend.origin).host,
  });
  expect(await askAt(backend.origin)).toBe(200);
  expect(await askAt(backend.origin.replace('127.0.0.1', 'localhost'))).toBe(502);
});
