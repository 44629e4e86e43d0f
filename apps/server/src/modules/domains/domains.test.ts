import { describe, expect, it } from 'vitest';
import { addDomain, backdate, createDomainsTestApp, proveDomain } from '../../../test/domains.ts';
import { type ApiCaller, call } from '../../../test/harness.ts';
import { messagesTo } from '../../../test/mail.ts';

const world = await createDomainsTestApp();
const { app, records, at } = world;
const { api } = app;
const statusOf = async (id: string) => (await api('GET', `/api/domains/${id}`)).body.status;
const discovery = (origin: string) => call(`${origin}/oidc/.well-known/openid-configuration`, 'GET');

describe('201', () => {
  it('answers the records to enter, and serves nothing until they are there', async () => {
    const answer = await api('POST', '/api/domains', { domain: 'Login.Acme.TEST' });
    expect(answer.status).toBe(201);
    const { id, ...shown } = answer.body;
    expect(shown).toEqual({
      domain: 'login.acme.test',
      status: 'PendingVerification',
      errorMessage: null,
      dnsRecords: [
        { type: 'TXT', name: '_latchkey.login.acme.test', value: expect.stringMatching(/^latchkey-domain=.{32}$/) },
        { type: 'CNAME', name: 'login.acme.test', value: 'localhost' },
      ],
      isPrimary: false,
      createdAt: expect.any(Number),
      checkedAt: null,
      verifiedAt: null,
      failingSince: null,
      servesUntil: null,
    });
    expect((await api('GET', '/api/domains')).body.map((row: { id: string }) => row.id)).toContain(id);
    expect((await discovery(at('login.acme.test'))).body.issuer).toBe(`${app.origin}/oidc`);
  });

  it('takes a name in any script in its ASCII form', async () => {
    const answer = await api('POST', '/api/domains', { domain: '認証.example' });
    expect(answer.status).toBe(201);
    expect(answer.body.domain).toMatch(/^xn--[a-z0-9]+\.example$/);
  });
});

describe('200', () => {
  it('finds the record by itself, and gives the domain an issuer of its own', async () => {
    const { id, record } = await addDomain(api, 'id.acme.test');
    records.set(record.name, record.value);
    app.advance(60_000);
    await app.runJob('check-domains');
    expect(await statusOf(id)).toBe('Active');
    const { body } = await discovery(at('id.acme.test'));
    expect(body.issuer).toBe(`${at('id.acme.test')}/oidc`);
    expect(body.token_endpoint).toBe(`${at('id.acme.test')}/oidc/token`);
    expect((await discovery(app.origin)).body.issuer).toBe(`${app.origin}/oidc`);
  });

  it('tells since when a record is missing and how long the domain serves on, and the trail tells it too', async () => {
    const { id } = await proveDomain(world, api, 'failing.acme.test');
    const [txt] = (await api('GET', `/api/domains/${id}`)).body.dnsRecords;
    records.delete(txt.name);
    const failing = await api('POST', `/api/domains/${id}/verify`);
    expect(failing.body).toMatchObject({ status: 'Active', failingSince: expect.any(Number) });
    expect(failing.body.servesUntil - failing.body.failingSince).toBe(72 * 3_600_000);
    records.set(txt.name, txt.value);
    expect((await api('POST', `/api/domains/${id}/verify`)).body).toMatchObject({
      status: 'Active',
      failingSince: null,
      servesUntil: null,
      checkedAt: expect.any(Number),
    });
    await api('DELETE', `/api/domains/${id}`);
    const { body } = await api('GET', `/api/logs/history?targetType=Domain&targetId=${id}`);
    const told = body.map(({ key, changes }: { key: string; changes: { path: string }[] }) => [
      key,
      changes.map(({ path }) => path).filter((path) => path === 'failingSince' || path === 'status'),
    ]);
    expect(told).toEqual([
      ['Domain.Deleted', ['status']],
      ['Domain.Status.Updated', ['failingSince']],
      ['Domain.Status.Updated', ['failingSince']],
      ['Domain.Status.Updated', ['status']],
      ['Domain.Created', ['status']],
    ]);
  });

  it('serves the files of a domain as they were put there', async () => {
    const { id } = await proveDomain(world, api, 'files.acme.test');
    const association = { contentType: 'application/json', content: '{"applinks":{}}' };
    const put = await api('PUT', `/api/domains/${id}/verification-files`, {
      verificationFiles: { 'acme-challenge/abc': 'abc.thumb', 'apple-app-site-association': association },
    });
    const files = { 'acme-challenge/abc': { contentType: 'text/plain', content: 'abc.thumb' } };
    expect([put.status, put.body]).toEqual([200, { ...files, 'apple-app-site-association': association }]);
    expect((await api('GET', `/api/domains/${id}/verification-files`)).body).toEqual(put.body);
    const challenge = await call(`${at('files.acme.test')}/.well-known/acme-challenge/abc`, 'GET');
    expect([challenge.status, challenge.body]).toEqual([200, 'abc.thumb']);
    const linked = await call(`${at('files.acme.test')}/.well-known/apple-app-site-association`, 'GET');
    expect([linked.headers.get('content-type'), linked.body]).toEqual([
      'application/json; charset=utf-8',
      { applinks: {} },
    ]);
    expect((await call(`${app.origin}/.well-known/acme-challenge/abc`, 'GET')).status).toBe(404);
  });

  it('tells a proxy for which names it may get a certificate', async () => {
    await proveDomain(world, api, 'tls.acme.test');
    await addDomain(api, 'waiting.acme.test');
    const ask = async (domain: string) =>
      (await call(`${app.origin}/domains/ask?domain=${encodeURIComponent(domain)}`, 'GET')).status;
    const names = ['tls.acme.test', 'localhost', 'waiting.acme.test', 'stranger.test', '', 'tls.acme.test:80'];
    expect(await Promise.all(names.map(ask))).toEqual([200, 200, 404, 404, 404, 404]);
  });

  it('removes what is stale and leaves what serves', async () => {
    const neighbour = await app.apiOf('admin');
    const stale = await addDomain(neighbour, 'stale.test');
    await addDomain(neighbour, 'fresh.test');
    await proveDomain(world, neighbour, 'serving.test');
    await backdate(world, 'stale.test', 25);
    await backdate(world, 'serving.test', 25);
    expect((await neighbour('POST', '/api/domains/cleanup', { staleDays: 1 })).body).toEqual({
      scannedCount: 2,
      deletedCount: 1,
      skippedActiveCount: 1,
      failedCount: 0,
    });
    expect((await neighbour('GET', `/api/domains/${stale.id}`)).status).toBe(404);
  });

  it('a DNS that does not answer changes nothing', async () => {
    const { id, record } = await proveDomain(world, api, 'steady.acme.test');
    records.set(record.name, Object.assign(new Error('timeout'), { code: 'ETIMEOUT' }));
    await backdate(world, 'steady.acme.test', 80);
    await app.runJob('check-domains');
    expect(await statusOf(id)).toBe('Active');
  });
});

describe('PATCH /api/domains/{id}', () => {
  const setPrimary = (id: string, isPrimary: boolean) => api('PATCH', `/api/domains/${id}`, { isPrimary });
  const primaries = async () =>
    (await api('GET', '/api/domains')).body.filter(({ isPrimary }: { isPrimary: boolean }) => isPrimary);

  it('200: links in messages lead to the primary domain, whatever address is called, and while it serves', async () => {
    const one = await proveDomain(world, api, 'one.primary.test');
    const two = await proveDomain(world, api, 'two.primary.test');
    const organizationId = (await api('POST', '/api/organizations', { name: 'Primary' })).body.id;
    const atDomain = await app.apiOf('default', at('one.primary.test'));
    let serial = 0;
    /** Invited by a call to one of the addresses: where the link in the message leads. */
    const linkAskedBy = async (caller: ApiCaller) => {
      const invitee = `invitee-${++serial}@primary.test`;
      const expiresAt = app.world.now().getTime() + 3_600_000;
      const body = { organizationId, invitee, expiresAt, messagePayload: {} };
      const answer = await caller('POST', '/api/organization-invitations', body);
      expect(answer.status, JSON.stringify(answer.body)).toBe(201);
      const [mail] = await messagesTo(app, invitee);
      return /https?:\/\/[^/"\s]+(?=\/invitation)/.exec(JSON.stringify(mail))?.[0];
    };
    expect(await linkAskedBy(atDomain)).toBe(app.origin);
    expect(await setPrimary(one.id, true)).toMatchObject({ status: 200, body: { isPrimary: true } });
    expect(await setPrimary(two.id, true)).toMatchObject({ status: 200, body: { isPrimary: true } });
    expect(await primaries()).toMatchObject([{ id: two.id }]);
    expect(await linkAskedBy(api)).toBe(at('two.primary.test'));
    expect(await linkAskedBy(atDomain)).toBe(at('two.primary.test'));
    records.delete(two.record.name);
    await api('POST', `/api/domains/${two.id}/verify`);
    await backdate(world, 'two.primary.test', 80);
    await api('POST', `/api/domains/${two.id}/verify`);
    expect(await statusOf(two.id)).toBe('Error');
    expect(await linkAskedBy(atDomain)).toBe(app.origin);
    expect(await setPrimary(two.id, false)).toMatchObject({ status: 200, body: { isPrimary: false } });
  });

  it('of 50 choices at once one is left', async () => {
    const names = Array.from({ length: 5 }, (_, number) => `many${number}.primary.test`);
    const ids = await Promise.all(names.map(async (name) => (await proveDomain(world, api, name)).id));
    const answers = await Promise.all(Array.from({ length: 50 }, (_, at) => setPrimary(ids[at % 5] ?? '', true)));
    expect(answers.map(({ status }) => status)).toEqual(Array(50).fill(200));
    expect(await primaries()).toHaveLength(1);
  });

  it('422 for a domain that serves nothing yet, 404 for one that is not there', async () => {
    const { id } = await addDomain(api, 'waiting.primary.test');
    const refused = await setPrimary(id, true);
    expect([refused.status, refused.body.code]).toEqual([422, 'domain.not_active']);
    expect((await setPrimary('nothing', true)).status).toBe(404);
  });
});

describe('204', () => {
  it('deletes the domain', async () => {
    const { id } = await addDomain(api, 'gone.acme.test');
    expect((await api('DELETE', `/api/domains/${id}`)).status).toBe(204);
    expect((await api('DELETE', `/api/domains/${id}`)).status).toBe(404);
  });
});

describe('400', () => {
  it.each([
    ['a path that climbs', { '../x': 'x' }],
    ['what the server answers itself', { webauthn: '{}' }],
    ['a file of more than 16 KiB', { big: 'x'.repeat(16_385) }],
    ['another type', { page: { contentType: 'text/html', content: '<p>' } }],
    ['more than ten files', Object.fromEntries(Array.from({ length: 11 }, (_, at) => [`f${at}`, 'x']))],
  ])('%s', async (_what, verificationFiles) => {
    const { id } = await addDomain(api, `${crypto.randomUUID()}.test`);
    const answer = await api('PUT', `/api/domains/${id}/verification-files`, { verificationFiles });
    expect([answer.status, answer.body.code]).toEqual([400, 'guard.invalid_input']);
    expect((await api('GET', `/api/domains/${id}/verification-files`)).body).toEqual({});
  });
});

describe('401 and 403', () => {
  it('without a token', async () => {
    expect((await call(`${app.origin}/api/domains`, 'GET')).status).toBe(401);
  });
});

describe('404', () => {
  it.each(['GET', 'DELETE'])('%s of what is not there', async (method) => {
    expect((await api(method, '/api/domains/nothing')).status).toBe(404);
  });
});

describe('422', () => {
  it.each([
    'localhost',
    'https://acme.test',
    'acme.test:8080',
    'acme.test/x',
    '10.0.0.1',
    'a..test',
    '[::1]',
    '-a.test',
  ])('%s is no domain', async (domain) => {
    const answer = await api('POST', '/api/domains', { domain });
    expect([answer.status, answer.body.code]).toEqual([422, 'domain.domain_is_not_allowed']);
  });

  it('the same domain twice', async () => {
    await addDomain(api, 'twice.acme.test');
    const answer = await api('POST', '/api/domains', { domain: 'TWICE.acme.test' });
    expect([answer.status, answer.body.code]).toEqual([422, 'domain.hostname_already_exists']);
  });
});

it('is Active from the first request over TLS where addresses are encrypted', async () => {
  const tls = await createDomainsTestApp({ ENDPOINT: 'https://auth.test', TRUST_PROXY_HEADER: 'true' });
  const { port } = new URL(tls.app.origin);
  const { id, status } = await proveDomain(tls, tls.app.api, 'id.acme.test');
  expect(status).toBe('PendingSsl');
  const statusNow = async () => (await tls.app.api('GET', `/api/domains/${id}`)).body.status;
  const ask = (protocol: string) =>
    call(`http://localhost:${port}/oidc/.well-known/openid-configuration`, 'GET', undefined, {
      'x-forwarded-host': 'id.acme.test',
      'x-forwarded-proto': protocol,
    });
  expect((await ask('http')).body.issuer).toBe('https://auth.test/oidc');
  expect(await statusNow()).toBe('PendingSsl');
  expect((await ask('https')).body.issuer).toBe('https://id.acme.test/oidc');
  expect(await statusNow()).toBe('Active');
});
