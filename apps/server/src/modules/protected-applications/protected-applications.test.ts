import { describe, expect, it } from 'vitest';
import { createProtectedTestApp, visitApp } from '../../../test/protected-apps.ts';

const world = await createProtectedTestApp();
const { app, at, backend, protect, records } = world;
const { api } = app;

const create = (protectedAppMetadata: object | undefined, type = 'Protected') =>
  api('POST', '/api/applications', { name: 'Wiki', type, ...(protectedAppMetadata && { protectedAppMetadata }) });
const domainsOf = (id: string) => `/api/applications/${id}/protected-app-metadata/custom-domains`;
const origin = backend.origin;

describe('POST /api/applications with the type Protected', () => {
  it('200: has a host, the usual settings, and a secret', async () => {
    const { status, body } = await create({ subDomain: 'docs', origin });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      type: 'Protected',
      protectedAppMetadata: {
        host: 'docs.localhost',
        origin,
        sessionDuration: 1_209_600,
        pageRules: [],
        additionalScopes: [],
      },
    });
    expect((await api('GET', `/api/applications/${body.id}/secrets`)).body).toHaveLength(1);
    expect((await api('GET', domainsOf(body.id))).body).toEqual([]);
    expect((await api('GET', '/api/domains')).body).toEqual([]);
  });

  it('422 for what is no label, or is taken: by another application, or by a tenant', async () => {
    await create({ subDomain: 'taken', origin });
    for (const [subDomain, code] of [
      ['taken', 'application.protected_application_subdomain_exists'],
      ['admin', 'application.protected_application_subdomain_exists'],
      ['-wiki', 'application.invalid_subdomain'],
      ['Wiki', 'application.invalid_subdomain'],
      ['a b', 'application.invalid_subdomain'],
      ['wiki/.example.com', 'application.invalid_subdomain'],
      ['', 'application.invalid_subdomain'],
      ['x.localhost', 'domain.domain_is_not_allowed'],
    ]) {
      const answer = await create({ subDomain, origin });
      expect([subDomain, answer.status, answer.body.code]).toEqual([subDomain, 422, code]);
    }
  });

  it('of 50 that want one label at once, one has it', async () => {
    const answers = await Promise.all(Array.from({ length: 50 }, () => create({ subDomain: 'one', origin })));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array(49).fill(422)]);
  });

  it('400 without metadata, with those of another type, and for an origin that is none', async () => {
    expect((await create(undefined)).body.code).toBe('application.protected_app_metadata_is_required');
    const misplaced = await create({ subDomain: 'spa', origin }, 'SPA');
    expect([misplaced.status, misplaced.body.code]).toEqual([400, 'application.protected_application_only']);
    for (const wrong of ['ftp://10.0.0.1', 'wiki', 'http://10.0.0.1/path', 'http://user:pass@10.0.0.1']) {
      const answer = await create({ subDomain: 'bad', origin: wrong });
      expect([wrong, answer.status, answer.body.code]).toEqual([wrong, 400, 'guard.invalid_input']);
    }
  });

  it('501 for a label where the install gives out no names; a whole name does', async () => {
    const elsewhere = await createProtectedTestApp({ ENDPOINT: 'https://id.example.com' });
    const call = await elsewhere.app.apiOf('default', elsewhere.app.origin);
    const body = { name: 'Wiki', type: 'Protected', protectedAppMetadata: { subDomain: 'wiki', origin } };
    const refused = await call('POST', '/api/applications', body);
    expect([refused.status, refused.body.code]).toEqual([501, 'application.protected_app_not_configured']);
    expect((await call('GET', '/api/systems/application')).status).toBe(501);
    body.protectedAppMetadata.subDomain = 'Wiki.Acme.TEST';
    const created = await call('POST', '/api/applications', body);
    expect([created.status, created.body.protectedAppMetadata.host]).toEqual([200, 'wiki.acme.test']);
    expect((await call('GET', domainsOf(created.body.id))).body).toMatchObject([
      { domain: 'wiki.acme.test', status: 'PendingVerification' },
    ]);
  });
});

describe('PATCH /api/applications/{id}', () => {
  it('200: changes what is sent of the settings', async () => {
    const { id } = await protect('settings');
    const protectedAppMetadata = { sessionDuration: 60, pageRules: [{ path: '^/admin' }], additionalScopes: ['roles'] };
    const { status, body } = await api('PATCH', `/api/applications/${id}`, { protectedAppMetadata });
    expect(status).toBe(200);
    expect(body.protectedAppMetadata).toEqual({ host: 'settings.localhost', origin, ...protectedAppMetadata });
    expect((await api('PATCH', `/api/applications/${id}`, { name: 'New' })).body.protectedAppMetadata).toEqual(
      body.protectedAppMetadata,
    );
  });

  it('400 for a rule that is no expression, and for an application of another type', async () => {
    const { id } = await protect('rules');
    const change = (body: object) => api('PATCH', `/api/applications/${id}`, { protectedAppMetadata: body });
    expect((await change({ pageRules: [{ path: '(' }] })).body.code).toBe('guard.invalid_input');
    expect((await change({ sessionDuration: 0 })).body.code).toBe('guard.invalid_input');
    const spa = await api('POST', '/api/applications', { name: 'SPA', type: 'SPA' });
    const answer = await api('PATCH', `/api/applications/${spa.body.id}`, { protectedAppMetadata: { origin } });
    expect([answer.status, answer.body.code]).toEqual([400, 'application.protected_application_only']);
  });
});

describe('custom domains', () => {
  it('201, 200, 204: serves from the proof on, until it is deleted', async () => {
    const { id } = await protect('owner');
    const home = at('wiki.acme.test');
    const added = await api('POST', domainsOf(id), { domain: 'Wiki.acme.test' });
    expect([added.status, added.body]).toEqual([
      201,
      {
        domain: 'wiki.acme.test',
        status: 'PendingVerification',
        errorMessage: null,
        cloudflareData: null,
        dnsRecords: [
          { type: 'TXT', name: '_latchkey.wiki.acme.test', value: expect.stringMatching(/^latchkey-domain=/) },
          { type: 'CNAME', name: 'wiki.acme.test', value: 'localhost' },
        ],
      },
    ]);
    const ask = async () => (await visitApp(world).atApp.open(home)).status;
    const mayHaveCertificate = async () => (await fetch(`${app.origin}/domains/ask?domain=wiki.acme.test`)).status;
    expect([await ask(), await mayHaveCertificate()]).toEqual([421, 404]);
    records.set('_latchkey.wiki.acme.test', added.body.dnsRecords[0].value);
    expect((await api('GET', domainsOf(id))).body).toMatchObject([{ domain: 'wiki.acme.test', status: 'Active' }]);
    expect([await ask(), await mayHaveCertificate()]).toEqual([303, 200]);
    // It is the application's, and no address of the tenant.
    expect((await api('GET', '/api/domains')).body).toEqual([]);
    const kept = await api('DELETE', `/api/applications/${id}`);
    expect([kept.status, kept.body.code]).toEqual([422, 'application.should_delete_custom_domains_first']);
    expect((await api('DELETE', `${domainsOf(id)}/wiki.acme.test`)).status).toBe(204);
    expect(await ask()).toBe(421);
    expect((await api('DELETE', `/api/applications/${id}`)).status).toBe(204);
    expect((await visitApp(world).atApp.open(at('owner.localhost'))).status).toBe(421);
  });

  it('400, 404, 422', async () => {
    const { id } = await protect('errors');
    const { body: spa } = await api('POST', '/api/applications', { name: 'SPA', type: 'SPA' });
    await api('POST', domainsOf(id), { domain: 'twice.acme.test' });
    for (const [method, path, body, status, code] of [
      ['GET', domainsOf(spa.id), undefined, 400, 'application.protected_application_only'],
      ['POST', domainsOf(spa.id), { domain: 'a.test' }, 400, 'application.protected_application_only'],
      ['DELETE', `${domainsOf(spa.id)}/a.test`, undefined, 400, 'application.protected_application_only'],
      ['GET', domainsOf('nothing'), undefined, 404, 'entity.not_exists_with_id'],
      ['DELETE', `${domainsOf(id)}/other.test`, undefined, 404, 'application.custom_domain_not_found'],
      ['DELETE', `${domainsOf(id)}/errors.localhost`, undefined, 404, 'application.custom_domain_not_found'],
      ['POST', domainsOf(id), { domain: 'localhost' }, 422, 'domain.domain_is_not_allowed'],
      ['POST', domainsOf(id), { domain: 'twice.acme.test' }, 422, 'domain.hostname_already_exists'],
    ] as const) {
      const answer = await api(method, path, body);
      expect([method, path, answer.status, answer.body.code]).toEqual([method, path, status, code]);
    }
  });
});
