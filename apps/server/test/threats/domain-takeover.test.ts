import { decodeJwt } from 'jose';
import { describe, expect, it } from 'vitest';
import { addDomain, backdate, createDomainsTestApp, proveDomain } from '../domains.ts';
import { call } from '../harness.ts';
import { startSignIn } from '../pages.ts';
import { authorizationRequest, createClient, redeemCode, requestToken } from '../protocol.ts';

/**
 * Every domain's CNAME leads to this machine, and stays when its owner has left: whoever claims the name next must
 * not get it by that alone, and nobody else's pages may be shown there.
 */
const world = await createDomainsTestApp();
const { app, records, at } = world;
const owner = app.api;
const stranger = await app.apiOf('admin');
const client = await createClient(app);
const PASSWORD = 'Paper-lamp-4-river';
await app.modules.users.create(app.scope(), { username: 'dora', password: PASSWORD });
const password = { identifier: 'dora', password: PASSWORD };

const page = (domain: string) => call(`${at(domain)}/sign-in`, 'GET', undefined, { accept: 'text/html' });
const issuerAt = async (domain: string) =>
  (await call(`${at(domain)}/oidc/.well-known/openid-configuration`, 'GET')).body.issuer;
const statusOf = async (id: string) => (await owner('GET', `/api/domains/${id}`)).body.status;

const machine = await createClient(app, { type: 'MachineToMachine' });
await app.modules.tenants.grantManagementApi(app.scope(), machine.id);
const managementToken = async (origin: string): Promise<string> => {
  const params = { grant_type: 'client_credentials', resource: 'https://default.logto.app/api', scope: 'all' };
  const { body } = await requestToken({ ...app, origin }, machine, params);
  return body.access_token;
};

describe('a domain serves nothing that its owner did not prove', () => {
  it('while it waits for its record', async () => {
    const { id } = await addDomain(owner, 'waiting.test');
    await owner('PUT', `/api/domains/${id}/verification-files`, { verificationFiles: { file: 'secret' } });
    expect((await page('waiting.test')).status).toBe(421);
    expect(await issuerAt('waiting.test')).toBe(`${app.origin}/oidc`);
    expect((await call(`${at('waiting.test')}/.well-known/file`, 'GET')).status).toBe(404);
  });

  it('with the record of another tenant, or of another domain', async () => {
    const mine = await proveDomain(world, owner, 'mine.test');
    const claim = await addDomain(stranger, 'other.test');
    records.set(claim.record.name, mine.record.value);
    expect((await stranger('POST', `/api/domains/${claim.id}/verify`)).body.status).toBe('PendingVerification');
    expect((await page('other.test')).status).toBe(421);
  });

  it('from the moment it is deleted, in every process', async () => {
    const { id } = await proveDomain(world, owner, 'left.test');
    expect(await issuerAt('left.test')).toBe(`${at('left.test')}/oidc`);
    const token = await managementToken(at('left.test'));
    expect(decodeJwt(token).iss).toBe(`${at('left.test')}/oidc`);
    const use = () => call(`${app.origin}/api/domains`, 'GET', undefined, { authorization: `Bearer ${token}` });
    expect((await use()).status).toBe(200);
    await owner('DELETE', `/api/domains/${id}`);
    expect((await page('left.test')).status).toBe(421);
    expect(await issuerAt('left.test')).toBe(`${app.origin}/oidc`);
    expect((await use()).status).toBe(401);
  });

  it('three days after its record is gone, and again when it is back', async () => {
    const { id, record } = await proveDomain(world, owner, 'lapsed.test');
    const look = async (hours: number) => {
      await backdate(world, 'lapsed.test', hours);
      return (await owner('POST', `/api/domains/${id}/verify`)).body.status;
    };
    records.delete(record.name);
    expect(await look(0)).toBe('Active');
    expect(await look(71)).toBe('Active');
    expect(await issuerAt('lapsed.test')).toBe(`${at('lapsed.test')}/oidc`);
    expect(await look(1)).toBe('Error');
    expect((await page('lapsed.test')).status).toBe(421);
    records.set(record.name, record.value);
    expect(await look(0)).toBe('Active');
    expect(await issuerAt('lapsed.test')).toBe(`${at('lapsed.test')}/oidc`);
  });
});

describe('a domain is one tenant’s', () => {
  it('whoever waits for it, only who proves it has it', async () => {
    const squatter = await addDomain(stranger, 'wanted.test');
    const { id } = await proveDomain(world, owner, 'wanted.test');
    expect(await statusOf(id)).toBe('Active');
    records.set(squatter.record.name, squatter.record.value);
    const refused = (await stranger('POST', `/api/domains/${squatter.id}/verify`)).body;
    expect([refused.status, refused.errorMessage]).toEqual(['Error', expect.stringContaining('another tenant')]);
    expect(await issuerAt('wanted.test')).toBe(`${at('wanted.test')}/oidc`);
  });

  it('of 50 looks at once one wins', async () => {
    const claims = await Promise.all([addDomain(owner, 'raced.test'), addDomain(stranger, 'raced.test')]);
    // Both values are there, as when two people share a zone.
    records.set(
      '_latchkey.raced.test',
      claims.map(({ record }) => record.value),
    );
    const looks = Array.from({ length: 50 }, (_, turn) =>
      (turn % 2 ? stranger : owner)('POST', `/api/domains/${claims[turn % 2]?.id}/verify`),
    );
    await Promise.all(looks);
    const states = [await owner('GET', '/api/domains'), await stranger('GET', '/api/domains')].map(
      ({ body }) => body.find(({ domain }: { domain: string }) => domain === 'raced.test').status,
    );
    expect(states.sort()).toEqual(['Active', 'Error']);
  });

  it('shows no other tenant, whatever the path says', async () => {
    await proveDomain(world, owner, 'fenced.test');
    const { body } = await call(`${at('fenced.test')}/t/admin/oidc/.well-known/openid-configuration`, 'GET');
    expect(body.issuer).toBe(`${at('fenced.test')}/oidc`);
    expect((await call(`${at('fenced.test')}/console`, 'GET', undefined, { accept: 'text/html' })).status).toBe(404);
  });
});

describe('a sign-in at a domain stays there', () => {
  it('pages, cookies, code and tokens are the domain’s', async () => {
    await proveDomain(world, owner, 'login.test');
    const here = { ...app, origin: at('login.test') };
    const request = authorizationRequest(here, client);
    const { visitor, page: first } = await startSignIn(here, client, {}, undefined, request);
    expect(first.url.startsWith(`${here.origin}/sign-in`)).toBe(true);
    expect(first.html).not.toContain(app.origin);
    const last = await visitor.submit(first, '/sign-in', password);
    const { status, body } = await redeemCode(here, client, request, new URL(last.url));
    expect([status, decodeJwt(body.id_token).iss]).toEqual([200, `${here.origin}/oidc`]);
  });

  it('apps that are part of the server are registered at the address that is asked', async () => {
    await proveDomain(world, owner, 'demo.test');
    const start = async (asked: string, returned: string) => {
      const demo = { id: 'demo-app', secret: undefined, redirectUri: `${returned}/demo-app` };
      return (await fetch(authorizationRequest({ origin: asked }, demo).url, { redirect: 'manual' })).status;
    };
    expect(await start(at('demo.test'), at('demo.test'))).toBe(303);
    expect(await start(at('demo.test'), app.origin)).toBe(400);
    expect(await start(app.origin, at('demo.test'))).toBe(400);
  });
});
