import { X509Certificate } from 'node:crypto';
import { createScriptedIdentityProvider } from '@latchkey/connectors/saml/testing';
import { describe, expect, it, test } from 'vitest';
import { createTestApp } from '../../../test/harness.ts';

const app = await createTestApp();
const idp = await createScriptedIdentityProvider();
let number = 0;
const named = () => `Customer ${++number}`;
const create = (body: object) => app.api('POST', '/api/sso-connectors', { connectorName: named(), ...body });
const created = async (body: object) => {
  const answer = await create(body);
  expect([answer.status, answer.body]).toEqual([200, expect.anything()]);
  return answer.body as { id: string };
};
const saml = (config: object = { metadata: idp.metadata() }, more: object = {}) =>
  created({ providerName: 'SAML', config, ...more });
const codeOf = ({ status, body }: { status: number; body: { code: string } }) => [status, body.code];

describe('GET /api/sso-connector-providers', () => {
  it('200 with all six', async () => {
    const { status, body } = await app.api('GET', '/api/sso-connector-providers');
    expect(status).toBe(200);
    expect(
      body.map((each: { providerName: string; providerType: string }) => [each.providerName, each.providerType]),
    ).toEqual([
      ['AzureAdOidc', 'oidc'],
      ['AzureAD', 'saml'],
      ['GoogleWorkspace', 'oidc'],
      ['Okta', 'oidc'],
      ['OIDC', 'oidc'],
      ['SAML', 'saml'],
    ]);
    const japanese = await app.api('GET', '/api/sso-connector-providers', undefined, { 'accept-language': 'ja' });
    expect(japanese.body[0].description).toContain('Microsoft の');
  });
});

describe('POST /api/sso-connectors', () => {
  it('200 with a SAML provider as its metadata describes it, and what is to be entered there', async () => {
    const { id } = await saml({ metadata: idp.metadata() }, { domains: ['Acme.Example'] });
    const { body } = await app.api('GET', `/api/sso-connectors/${id}`);
    expect(body).toMatchObject({ domains: ['acme.example'], providerType: 'saml', syncProfile: false });
    expect(body.providerConfig).toMatchObject({
      defaultAttributeMapping: { id: 'nameID', email: 'email', name: 'name' },
      serviceProvider: {
        entityId: `${app.origin}/enterprise-sso/${id}`,
        assertionConsumerServiceUrl: `${app.origin}/api/authn/single-sign-on/saml/${id}`,
      },
      identityProvider: { entityId: idp.entityId, signInEndpoint: idp.signInEndpoint, isCertificateValid: true },
    });
  });

  it('200 with a SAML provider that is written down member by member', async () => {
    const config = {
      entityId: 'urn:idp',
      signInEndpoint: 'https://idp.example/sso',
      x509Certificate: idp.key.certificate,
    };
    const { id } = await saml(config);
    const { body } = await app.api('GET', `/api/sso-connectors/${id}`);
    expect(body.providerConfig.identityProvider).toMatchObject({ entityId: 'urn:idp' });
  });

  it('200 with one that is completed later', async () => {
    const { id } = await created({ providerName: 'OIDC' });
    const unfinished = await app.api('GET', `/api/sso-connectors/${id}`);
    expect(unfinished.body).toMatchObject({ config: {}, providerType: 'oidc' });
    expect(unfinished.body.providerConfig).toBeUndefined();
  });

  test.each([
    [400, 'connector.invalid_config', { providerName: 'SAML', config: { metadata: '<a/>' } }],
    [400, 'connector.invalid_config', { providerName: 'OIDC', config: { issuer: 'not an address' } }],
    [
      400,
      'connector.general',
      { providerName: 'OIDC', config: { issuer: 'http://localhost:9/', clientId: 'a', clientSecret: 'b' } },
    ],
    [400, 'guard.invalid_input', { providerName: 'SAML', connectorName: '' }],
    [422, 'connector.not_found_with_connector_id', { providerName: 'LDAP' }],
    [422, 'single_sign_on.forbidden_domains', { providerName: 'SAML', domains: ['Gmail.com'] }],
    [422, 'single_sign_on.duplicated_domains', { providerName: 'SAML', domains: ['a.example', 'A.example'] }],
    [422, 'single_sign_on.invalid_domain_format', { providerName: 'SAML', domains: ['no domain'] }],
    [422, 'connector.token_storage_not_supported', { providerName: 'SAML', enableTokenStorage: true }],
  ])('%i %s', async (status, code, body) => {
    const before = (await app.api('GET', '/api/sso-connectors?page_size=1')).headers.get('total-number');
    expect(codeOf(await create(body))).toEqual([status, code]);
    expect((await app.api('GET', '/api/sso-connectors?page_size=1')).headers.get('total-number')).toBe(before);
  });

  it('409 for a name that another connector has', async () => {
    await created({ providerName: 'SAML', connectorName: 'Twice' });
    expect(codeOf(await create({ providerName: 'SAML', connectorName: 'Twice' }))).toEqual([
      409,
      'single_sign_on.duplicate_connector_name',
    ]);
  });
});

describe('PATCH and DELETE /api/sso-connectors/{id}', () => {
  it('200 with what was changed, in the trail without its secret, and told to webhooks', async () => {
    const { id } = await created({ providerName: 'Okta', config: { clientId: 'abc', clientSecret: 'very-secret' } });
    const changed = await app.api('PATCH', `/api/sso-connectors/${id}`, {
      connectorName: 'Renamed',
      domains: ['okta.example'],
      branding: { displayName: 'Sign in with Okta' },
      syncProfile: true,
      enableTokenStorage: true,
    });
    expect([changed.status, changed.body]).toEqual([
      200,
      expect.objectContaining({ connectorName: 'Renamed', domains: ['okta.example'], syncProfile: true }),
    ]);
    const trail = await app.api('GET', `/api/logs/history?targetType=SsoConnector&targetId=${id}`);
    expect(JSON.stringify(trail.body)).not.toContain('very-secret');
  });

  it('404 for a connector that is none, and 204 once', async () => {
    const { id } = await created({ providerName: 'SAML' });
    expect((await app.api('DELETE', `/api/sso-connectors/${id}`)).status).toBe(204);
    for (const method of ['DELETE', 'GET', 'PATCH']) {
      const answer = await app.api(method, `/api/sso-connectors/${id}`, method === 'PATCH' ? {} : undefined);
      expect(codeOf(answer)).toEqual([404, 'entity.not_exists_with_id']);
    }
  });
});

describe('/api/sso-connectors/{id}/signing-keys', () => {
  it('201, one active at a time, needed to sign, and not deleted while it is', async () => {
    const { id } = await saml();
    const keys = `/api/sso-connectors/${id}/signing-keys`;
    const signing = { config: { metadata: idp.metadata(), signAuthnRequest: true } };
    const refused = await app.api('PATCH', `/api/sso-connectors/${id}`, signing);
    expect(codeOf(refused)).toEqual([422, 'single_sign_on.active_signing_key_required']);
    const first = await app.api('POST', keys, { active: true });
    expect([first.status, first.body.certificate]).toEqual([201, expect.stringContaining('BEGIN CERTIFICATE')]);
    expect(first.body.fingerprints.sha256.unformatted).toMatch(/^[\da-f]{64}$/);
    expect((await app.api('PATCH', `/api/sso-connectors/${id}`, signing)).status).toBe(200);
    const second = await app.api('POST', keys, {});
    expect(second.body.active).toBe(false);
    const off = await app.api('PATCH', `${keys}/${first.body.id}`, { active: false });
    expect(codeOf(off)).toEqual([422, 'single_sign_on.can_not_deactivate_signing_key_in_use']);
    expect(codeOf(await app.api('DELETE', `${keys}/${first.body.id}`))).toEqual([
      422,
      'single_sign_on.can_not_delete_active_signing_key',
    ]);
    expect((await app.api('PATCH', `${keys}/${second.body.id}`, { active: true })).status).toBe(200);
    const listed = (await app.api('GET', keys)).body as { id: string; active: boolean }[];
    expect(listed.filter(({ active }) => active).map((key) => key.id)).toEqual([second.body.id]);
    expect((await app.api('DELETE', `${keys}/${first.body.id}`)).status).toBe(204);
  });

  it('422 for a connector that signs nothing', async () => {
    const { id } = await created({ providerName: 'OIDC' });
    const answer = await app.api('POST', `/api/sso-connectors/${id}/signing-keys`, { active: true });
    expect(codeOf(answer)).toEqual([422, 'single_sign_on.sso_signing_unavailable']);
  });
});

describe('/api/organizations/{id}/jit/sso-connectors', () => {
  it('keeps which connectors lead into an organization, and shows none of their secrets', async () => {
    const organization = (await app.api('POST', '/api/organizations', { name: 'Acme' })).body;
    const { id } = await created({ providerName: 'OIDC', config: { clientId: 'abc', clientSecret: 'hidden-secret' } });
    const path = `/api/organizations/${organization.id}/jit/sso-connectors`;
    expect((await app.api('POST', path, { ssoConnectorIds: [id] })).status).toBe(201);
    const listed = await app.api('GET', path);
    expect(listed.body).toMatchObject([{ id, config: { clientId: 'abc' } }]);
    expect(JSON.stringify(listed.body)).not.toContain('hidden-secret');
    expect(codeOf(await app.api('PUT', path, { ssoConnectorIds: ['nobody'] }))).toEqual([
      422,
      'entity.relation_foreign_key_not_found',
    ]);
    const shown = { organizationCount: 1, organizations: [{ id: organization.id, name: 'Acme' }] };
    expect((await app.api('GET', `/api/sso-connectors/${id}`)).body).toMatchObject(shown);
    const all = await app.api('GET', '/api/sso-connectors?page_size=100');
    expect(all.body.find((each: { id: string }) => each.id === id)).toMatchObject(shown);
    expect((await app.api('DELETE', `${path}/${id}`)).status).toBe(204);
    expect(codeOf(await app.api('DELETE', `${path}/${id}`))).toEqual([404, 'entity.not_found']);
    expect((await app.api('PUT', path, { ssoConnectorIds: [id] })).status).toBe(204);
    await app.api('DELETE', `/api/sso-connectors/${id}`);
    expect((await app.api('GET', path)).body).toEqual([]);
  });
});

describe('PUT /api/organizations/{id}/jit', () => {
  it('sets domains, connectors and roles at once, or nothing of it', async () => {
    const { id: organizationId } = (await app.api('POST', '/api/organizations', { name: 'Globex' })).body;
    const { id } = await created({ providerName: 'OIDC' });
    const jit = `/api/organizations/${organizationId}/jit`;
    const unknown = await app.api('PUT', jit, { emailDomains: ['globex.example'], ssoConnectorIds: ['nobody'] });
    expect(codeOf(unknown)).toEqual([422, 'entity.relation_foreign_key_not_found']);
    expect((await app.api('GET', `${jit}/email-domains`)).body).toEqual([]);
    expect((await app.api('PUT', jit, { ssoConnectorIds: [id, id] })).status).toBe(204);
    expect((await app.api('PUT', jit, { emailDomains: ['globex.example'] })).status).toBe(204);
    expect((await app.api('GET', `${jit}/sso-connectors`)).body).toMatchObject([{ id }]);
  });
});

describe('GET /api/sso-connectors/{id}/metadata', () => {
  const read = async (id: string) => {
    const answer = await fetch(`${app.origin}/api/sso-connectors/${id}/metadata`);
    return { status: answer.status, type: answer.headers.get('content-type'), xml: await answer.text() };
  };

  it('200 for anybody, with what a provider needs to know, and the certificate once requests are signed', async () => {
    const { id } = await saml();
    const { status, type, xml } = await read(id);
    expect([status, type]).toEqual([200, 'application/samlmetadata+xml']);
    expect(xml).toContain(`entityID="${app.origin}/enterprise-sso/${id}"`);
    expect(xml).toContain(`Location="${app.origin}/api/authn/single-sign-on/saml/${id}"`);
    expect(xml).toContain('AuthnRequestsSigned="false"');
    const { certificate } = (await app.api('POST', `/api/sso-connectors/${id}/signing-keys`, { active: true })).body;
    await app.api('PATCH', `/api/sso-connectors/${id}`, {
      config: { metadata: idp.metadata(), signAuthnRequest: true },
    });
    const signing = (await read(id)).xml;
    expect(signing).toContain('AuthnRequestsSigned="true"');
    expect(signing).toContain(new X509Certificate(certificate).raw.toString('base64'));
  });

  it('404 for a connector that speaks another language, or is none', async () => {
    const { id } = await created({ providerName: 'OIDC' });
    expect((await read(id)).status).toBe(404);
    expect((await read('nobody')).status).toBe(404);
  });
});
