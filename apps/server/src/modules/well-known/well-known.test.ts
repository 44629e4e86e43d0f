import { expect, test } from 'vitest';
import { call, createTestApp } from '../../../test/harness.ts';

const app = await createTestApp();
const { api } = app;
const get = (path: string, headers: Record<string, string> = {}) => call(app.origin + path, 'GET', undefined, headers);

test('the public sign-in experience shows enabled connectors in order, and no configuration', async () => {
  const config = { clientId: 'client', clientSecret: 'very secret' };
  const { body: connector } = await api('POST', '/api/connectors', { connectorId: 'gitlab-universal', config });
  expect((await get('/api/.well-known/sign-in-exp')).body.socialConnectors).toEqual([]);

  await api('PATCH', '/api/sign-in-exp', { socialSignInConnectorTargets: ['github', 'gitlab'] });
  for (const path of ['/api/.well-known/sign-in-exp', '/api/.well-known/experience']) {
    const { status, body } = await get(path);
    expect(status).toBe(200);
    expect(body.socialConnectors).toEqual([
      expect.objectContaining({ id: connector.id, target: 'gitlab', platform: 'Universal' }),
    ]);
    expect(JSON.stringify(body)).not.toContain('very secret');
    expect(body).not.toHaveProperty('emailBlocklistPolicy');
  }
});

test('an application’s own branding comes before the tenant’s', async () => {
  const { body: application } = await api('POST', '/api/applications', { name: 'Bookstore', type: 'SPA' });
  await api('PUT', `/api/applications/${application.id}/sign-in-experience`, {
    color: { primaryColor: '#abcdef' },
    branding: { logoUrl: 'https://example.com/bookstore.svg' },
    termsOfUseUrl: null,
    privacyPolicyUrl: null,
  });
  const { body } = await get(`/api/.well-known/sign-in-exp?appId=${application.id}`);
  expect(body.color.primaryColor).toBe('#abcdef');
  expect(body.branding.logoUrl).toBe('https://example.com/bookstore.svg');
  expect((await get('/api/.well-known/sign-in-exp')).body.color.primaryColor).not.toBe('#abcdef');
});

test.each([
  ['?lng=ja', 'en', 'ja'],
  ['', 'ja-JP,en;q=0.5', 'ja'],
  ['', 'tlh', 'en'],
  ['?lng=tlh', 'ja', 'ja'],
])('the texts of the pages: %s with Accept-Language %s come in %s', async (query, accepted, language) => {
  const answer = await get(`/api/.well-known/phrases${query}`, { 'accept-language': accepted });
  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-language')).toBe(language);
});

test('status and account center answer anybody', async () => {
  expect((await get('/api/status')).status).toBe(204);
  expect((await get('/api/.well-known/account-center')).body).toMatchObject({ enabled: false });
});

test('the API document describes exactly the operations that are bound, at the tenant’s address', async () => {
  for (const path of ['/api/swagger.json', '/api/.well-known/management.openapi.json']) {
    const { status, body } = await get(path);
    expect(status).toBe(200);
    const described = Object.values(body.paths).flatMap((item) => Object.values(item as object));
    expect(described).toHaveLength(app.operations.length);
    const ids = described.map(({ operationId }) => operationId);
    expect(new Set(ids).size).toBe(ids.length);
    expect(body.servers).toEqual([{ url: app.origin }]);
  }
  expect((await get('/t/admin/api/swagger.json')).body.servers).toEqual([{ url: `${app.origin}/t/admin` }]);
});
