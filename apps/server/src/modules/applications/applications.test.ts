import { beforeAll, describe, expect, test } from 'vitest';
import { createTestApp } from '../../../test/harness.ts';

const app = await createTestApp();
const { api } = app;
let id: string;

beforeAll(async () => {
  const created = await api('POST', '/api/applications', {
    name: 'Bookstore',
    type: 'Traditional',
    description: 'Sells books',
    oidcClientMetadata: { redirectUris: ['http://localhost:5000/cb'], postLogoutRedirectUris: [] },
  });
  expect(created.status).toBe(200);
  id = created.body.id;
});

const auditOf = async (key: string) => {
  const result = await app.world.database.pool.query(
    `select payload::text as payload, actor_type, target_id from (select set_config('latchkey.tenant', 'default', false)) s, audit_logs where key = $1`,
    [key],
  );
  return result.rows as { payload: string; actor_type: string; target_id: string }[];
};

describe('create', () => {
  test('200 with a 21-character id, a first secret and a record of who did it', async () => {
    expect(id).toMatch(/^[0-9A-Za-z]{21}$/);
    const secrets = await api('GET', `/api/applications/${id}/secrets`);
    expect(secrets.body).toMatchObject([{ name: 'Default secret', applicationId: id, expiresAt: null }]);
    expect(secrets.body[0].value).toMatch(/^[0-9A-Za-z]{32}$/);
    const trail = await auditOf('Application.Created');
    expect(trail.some((row) => row.target_id === id && row.actor_type === 'app')).toBe(true);
    expect(JSON.stringify(trail)).not.toContain(secrets.body[0].value);
  });

  test('public clients get no secret', async () => {
    const spa = await api('POST', '/api/applications', { name: 'SPA', type: 'SPA' });
    expect((await api('GET', `/api/applications/${spa.body.id}/secrets`)).body).toEqual([]);
    const refused = await api('POST', `/api/applications/${spa.body.id}/secrets`, { name: 'x' });
    expect(refused).toMatchObject({ status: 422, body: { code: 'application.invalid_type' } });
  });

  test.each([
    [{ type: 'SPA' }, 400, 'guard.invalid_input'],
    [{ name: 'x', type: 'Nonsense' }, 400, 'guard.invalid_input'],
    [
      {
        name: 'x',
        type: 'SPA',
        oidcClientMetadata: { redirectUris: ['javascript:alert(1)'], postLogoutRedirectUris: [] },
      },
      400,
      'oidc.invalid_redirect_uri',
    ],
    [
      { name: 'x', type: 'SPA', customClientMetadata: { corsAllowedOrigins: ['https://a.example/path'] } },
      400,
      'oidc.invalid_redirect_uri',
    ],
    [
      { name: 'x', type: 'MachineToMachine', isThirdParty: true },
      400,
      'application.invalid_third_party_application_type',
    ],
    [
      { name: 'x', type: 'SPA', customClientMetadata: { isDeviceFlow: true } },
      400,
      'application.device_flow_native_only',
    ],
    [{ name: 'x', type: 'SPA', customClientMetadata: { maxAllowedGrants: 0 } }, 400, 'guard.invalid_input'],
  ])('%j is refused with %i %s', async (body, status, code) => {
    expect(await api('POST', '/api/applications', body)).toMatchObject({ status, body: { code } });
  });
});

describe('list', () => {
  test('pages with Total-Number and Link, the newest first', async () => {
    const page = await api('GET', '/api/applications?page=1&page_size=1');
    expect(page.body).toHaveLength(1);
    const total = Number(page.headers.get('total-number'));
    expect(total).toBeGreaterThan(1);
    expect(page.headers.get('link')).toContain(`page=${total}&page_size=1>; rel="last"`);
    const whole = await api('GET', '/api/applications');
    expect(whole.body).toHaveLength(total);
    expect(whole.headers.get('total-number')).toBeNull();
  });

  test('400 for a page that cannot be', async () => {
    expect(await api('GET', '/api/applications?page=0')).toMatchObject({
      status: 400,
      body: { code: 'guard.invalid_pagination' },
    });
    expect(await api('GET', '/api/applications?page=1&page_size=101')).toMatchObject({ status: 400 });
  });

  test('filters by type and searches', async () => {
    const found = await api('GET', '/api/applications?types=Traditional&types=SPA&search=%25book%25');
    expect(found.body.map((row: { id: string }) => row.id)).toEqual([id]);
    expect((await api('GET', '/api/applications?search.name=Bookstore&mode.name=exact')).body).toHaveLength(1);
    expect((await api('GET', '/api/applications?search.secret=x')).status).toBe(400);
  });
});

describe('change and remove', () => {
  test('200 merges; a wrong URI changes nothing', async () => {
    const changed = await api('PATCH', `/api/applications/${id}`, {
      description: null,
      customClientMetadata: { idTokenTtl: 600 },
    });
    expect(changed.body).toMatchObject({
      name: 'Bookstore',
      description: null,
      customClientMetadata: { idTokenTtl: 600 },
    });
    const refused = await api('PATCH', `/api/applications/${id}`, {
      name: 'Lost',
      oidcClientMetadata: { redirectUris: ['https://*.com/x'] },
    });
    expect(refused).toMatchObject({ status: 400, body: { code: 'oidc.invalid_redirect_uri' } });
    expect((await api('GET', `/api/applications/${id}`)).body).toMatchObject({ name: 'Bookstore', isAdmin: false });
  });

  test('200 and null takes the sign-out address and the limit of grants away; 400 for null elsewhere', async () => {
    const change = (body: object) => api('PATCH', `/api/applications/${id}`, body);
    const set = await change({
      oidcClientMetadata: { backchannelLogoutUri: 'https://books.example.com/ended' },
      customClientMetadata: { maxAllowedGrants: 2 },
    });
    expect(set.body).toMatchObject({
      oidcClientMetadata: { backchannelLogoutUri: 'https://books.example.com/ended' },
      customClientMetadata: { idTokenTtl: 600, maxAllowedGrants: 2 },
    });
    const taken = await change({
      oidcClientMetadata: { backchannelLogoutUri: null },
      customClientMetadata: { maxAllowedGrants: null },
    });
    expect(taken.status).toBe(200);
    expect(taken.body.oidcClientMetadata).not.toHaveProperty('backchannelLogoutUri');
    expect(taken.body.customClientMetadata).toEqual({ idTokenTtl: 600 });
    expect((await change({ customClientMetadata: { idTokenTtl: null } })).status).toBe(400);
  });

  test('merges custom data', async () => {
    await api('PATCH', `/api/applications/${id}/custom-data`, { a: 1 });
    expect((await api('PATCH', `/api/applications/${id}/custom-data`, { b: 2 })).body).toEqual({ a: 1, b: 2 });
  });

  test('secrets: 201, 422 for a name taken, 200 renamed, 204 deleted, 404 then', async () => {
    const path = `/api/applications/${id}/secrets`;
    expect((await api('POST', path, { name: 'second' })).status).toBe(201);
    expect(await api('POST', path, { name: 'second' })).toMatchObject({
      status: 422,
      body: { code: 'application.secret_name_exists' },
    });
    expect(await api('POST', path, { name: 'past', expiresAt: 1 })).toMatchObject({ status: 422 });
    expect((await api('PATCH', `${path}/second`, { name: 'third' })).body.name).toBe('third');
    expect((await api('DELETE', `${path}/third`)).status).toBe(204);
    expect((await api('DELETE', `${path}/third`)).status).toBe(404);
  });

  test('the sign-in experience of an application: 404 or by wish 204, 201, 200', async () => {
    const path = `/api/applications/${id}/sign-in-experience`;
    expect((await api('GET', path)).status).toBe(404);
    expect((await api('GET', `${path}?optional=true`)).status).toBe(204);
    expect((await api('PUT', path, { displayName: 'Books' })).status).toBe(201);
    expect((await api('PUT', path, { color: { primaryColor: '#aa0000' } })).body).toMatchObject({
      displayName: 'Books',
    });
  });

  test('404 for what there is not, 204 once for what there is', async () => {
    expect(await api('GET', '/api/applications/nothing')).toMatchObject({
      status: 404,
      body: { code: 'entity.not_exists_with_id' },
    });
    const other = await api('POST', '/api/applications', { name: 'Gone', type: 'Native' });
    expect((await api('DELETE', `/api/applications/${other.body.id}`)).status).toBe(204);
    expect((await api('DELETE', `/api/applications/${other.body.id}`)).status).toBe(404);
  });
});
