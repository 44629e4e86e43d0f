import { and, desc, eq } from 'drizzle-orm';
import { afterEach, describe, expect, test } from 'vitest';
import { call, createTestApp } from '../../../test/harness.ts';
import { auditLogs } from '../../kernel/audit.ts';
import { connectors } from './connectors.table.ts';

const app = await createTestApp();
const { api } = app;

const config = { clientId: 'client', clientSecret: 'very secret' };
const create = (fields: Record<string, unknown> = {}) =>
  api('POST', '/api/connectors', { connectorId: 'gitlab-universal', config, ...fields });

async function removeAll() {
  for (const { id } of (await api('GET', '/api/connectors')).body) await api('DELETE', `/api/connectors/${id}`);
}
afterEach(removeAll);

describe('GET /api/connector-factories', () => {
  test('200 with the form, its labels in the caller’s language', async () => {
    const { status, body } = await api('GET', '/api/connector-factories', undefined, { 'accept-language': 'ja' });
    expect(status).toBe(200);
    const gitlab = body.find(({ id }: { id: string }) => id === 'gitlab-universal');
    expect(gitlab).toMatchObject({ type: 'Social', target: 'gitlab', platform: 'Universal', name: { en: 'GitLab' } });
    const secret = gitlab.formItems.find(({ key }: { key: string }) => key === 'clientSecret');
    expect(secret).toMatchObject({ type: 'Text', required: true, isConfidential: true, label: 'シークレット' });
  });

  test('200 for one, 404 for none', async () => {
    expect((await api('GET', '/api/connector-factories/gitlab-universal')).status).toBe(200);
    expect(await api('GET', '/api/connector-factories/nope')).toMatchObject({
      status: 404,
      body: { code: 'entity.not_exists_with_id' },
    });
  });
});

describe('POST /api/connectors', () => {
  test('200 under the id that the caller chose, and the configuration is sealed at rest', async () => {
    const answer = await create({ id: 'abc123def456', syncProfile: true });
    expect(answer).toMatchObject({
      status: 200,
      body: { id: 'abc123def456', connectorId: 'gitlab-universal', target: 'gitlab', syncProfile: true, config },
    });
    const [row] = await app.world.database.forTenant('default').select().from(connectors);
    expect(row?.configSealed).toMatch(/^v1\./);
    expect(row?.configSealed).not.toContain('secret');
  });

  test('the audit trail shows the configuration without its secret', async () => {
    const { body } = await create();
    const rows = await app.world.database
      .forTenant('default')
      .select()
      .from(auditLogs)
      .where(and(eq(auditLogs.tenantId, 'default'), eq(auditLogs.targetId, body.id)))
      .orderBy(desc(auditLogs.createdAt));
    expect(rows[0]).toMatchObject({ key: 'Connector.Created', payload: { after: { config: { clientId: 'client' } } } });
    expect(JSON.stringify(rows)).not.toContain('very secret');
  });

  test('400 names the members of the configuration that are wrong', async () => {
    const answer = await create({ config: { clientId: 'x', baseUrl: 'http://gitlab.example.com' } });
    expect(answer).toMatchObject({ status: 400, body: { code: 'connector.invalid_config' } });
    const wrong = answer.body.data.map(({ path }: { path: string[] }) => path.join('.'));
    expect(wrong.sort()).toEqual(['baseUrl', 'clientSecret']);
  });

  test('400 for an id that a redirect URI cannot carry', async () => {
    expect(await create({ id: 'a/b' })).toMatchObject({ status: 400, body: { code: 'guard.invalid_input' } });
  });

  test('400 for another name of a provider that people know', async () => {
    expect(await create({ metadata: { name: { en: 'Not GitLab' } } })).toMatchObject({
      status: 400,
      body: { code: 'connector.cannot_overwrite_metadata_for_non_standard_connector' },
    });
  });

  test('422 for a factory that there is not, and for tokens that cannot be kept', async () => {
    expect(await create({ connectorId: 'nope' })).toMatchObject({
      status: 422,
      body: { code: 'connector.not_found_with_connector_id' },
    });
    expect(await create({ connectorId: 'apple-universal', enableTokenStorage: true })).toMatchObject({
      status: 422,
      body: { code: 'connector.token_storage_not_supported' },
    });
  });

  test('of ten at once, one is created', async () => {
    const answers = await Promise.all(Array.from({ length: 10 }, () => create()));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    const refused = answers.filter(({ status }) => status === 422);
    expect(refused.map(({ body }) => body.code)).toEqual(
      new Array(9).fill('connector.multiple_instances_not_supported'),
    );
  });
});

describe('one connector', () => {
  const createOne = async (): Promise<string> => (await create()).body.id;

  test('is listed, read, changed and deleted', async () => {
    const id = await createOne();
    expect((await api('GET', '/api/connectors?target=gitlab')).body).toHaveLength(1);
    expect((await api('GET', '/api/connectors?target=github')).body).toHaveLength(0);
    const changed = await api('PATCH', `/api/connectors/${id}`, {
      config: { ...config, baseUrl: 'https://gitlab.example.com/' },
    });
    expect(changed).toMatchObject({ status: 200, body: { config: { baseUrl: 'https://gitlab.example.com' } } });
    expect((await api('PATCH', `/api/connectors/${id}`, { syncProfile: true })).body).toMatchObject({
      syncProfile: true,
      config: { clientSecret: 'very secret' },
    });
    expect((await api('DELETE', `/api/connectors/${id}`)).status).toBe(204);
    for (const method of ['GET', 'DELETE']) {
      expect(await api(method, `/api/connectors/${id}`)).toMatchObject({
        status: 404,
        body: { code: 'entity.not_exists_with_id' },
      });
    }
  });

  test('its target leaves the social buttons with it', async () => {
    const id = await createOne();
    await api('PATCH', '/api/sign-in-exp', { socialSignInConnectorTargets: ['gitlab'] });
    await api('DELETE', `/api/connectors/${id}`);
    expect((await api('GET', '/api/sign-in-exp')).body.socialSignInConnectorTargets).toEqual([]);
  });

  test('gives the provider’s address with PKCE, nonce and the caller’s state', async () => {
    const id = await createOne();
    const redirectUri = `${app.origin}/callback/${id}`;
    const answer = await api('POST', `/api/connectors/${id}/authorization-uri`, { state: 'xyz', redirectUri });
    expect(answer.status).toBe(200);
    const { origin, searchParams } = new URL(answer.body.redirectTo);
    expect(origin).toBe('https://gitlab.com');
    expect(Object.fromEntries(searchParams)).toMatchObject({
      client_id: 'client',
      redirect_uri: redirectUri,
      state: 'xyz',
      code_challenge_method: 'S256',
      nonce: expect.any(String),
    });
  });

  test('a test message is refused: nobody is signed in by one', async () => {
    const body = { email: 'a@b.cc', config: {} };
    expect(await api('POST', '/api/connectors/gitlab-universal/test', body)).toMatchObject({
      status: 400,
      body: { code: 'connector.unexpected_type' },
    });
    expect((await api('POST', '/api/connectors/nope/test', body)).status).toBe(404);
  });

  test('404 from another tenant, 401 without a token', async () => {
    const id = await createOne();
    const admin = await app.apiOf('admin');
    expect((await admin('GET', `/api/connectors/${id}`)).status).toBe(404);
    expect((await call(`${app.origin}/api/connectors`, 'GET')).status).toBe(401);
  });
});
