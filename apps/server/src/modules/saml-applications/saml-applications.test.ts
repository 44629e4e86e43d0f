import { X509Certificate } from 'node:crypto';
import { describe, expect, it, test } from 'vitest';
import { createTestApp } from '../../../test/harness.ts';
import { createClient } from '../../../test/protocol.ts';

const app = await createTestApp();
const POST = 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST';
const REDIRECT = 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect';
const PERSISTENT = 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent';
const path = '/api/saml-applications';
const client = await createClient(app);

const created = await app.api('POST', path, {
  name: 'Wiki',
  description: 'Where we write things down',
  entityId: 'https://wiki.example/metadata',
  acsUrl: { binding: POST, url: 'https://wiki.example/acs' },
  attributeMapping: { email: 'mail', roles: 'groups' },
  nameIdFormat: PERSISTENT,
});
const wiki = `${path}/${created.body.id}`;

describe(`POST ${path}`, () => {
  it('201 with the application, whose first key is good for three years and active', async () => {
    expect(created.status).toBe(201);
    expect(created.body).toEqual({
      tenantId: 'default',
      id: expect.any(String),
      name: 'Wiki',
      description: 'Where we write things down',
      type: 'SAML',
      customData: {},
      isThirdParty: false,
      appLevelAccessControlEnabled: false,
      createdAt: expect.any(Number),
      entityId: 'https://wiki.example/metadata',
      acsUrl: { binding: POST, url: 'https://wiki.example/acs' },
      attributeMapping: { email: 'mail', roles: 'groups' },
      encryption: null,
      nameIdFormat: PERSISTENT,
    });
    const { status, body } = await app.api('GET', `${wiki}/secrets`);
    expect([status, body.length]).toEqual([200, 1]);
    const [secret] = body;
    const certificate = new X509Certificate(secret.certificate);
    expect(certificate.publicKey.asymmetricKeyDetails?.modulusLength).toBe(4096);
    expect(secret).toMatchObject({ active: true, fingerprints: { sha256: { formatted: certificate.fingerprint256 } } });
    expect(new Date(secret.expiresAt).getUTCFullYear() - new Date(secret.createdAt).getUTCFullYear()).toBe(3);
    expect(JSON.stringify(body)).not.toContain('PRIVATE');
  });

  test.each([
    ['another binding', { acsUrl: { binding: REDIRECT, url: 'https://a.example' } }, 'acs_url_binding_not_supported'],
    ['another scheme', { acsUrl: { binding: POST, url: 'javascript:alert(1)' } }, 'acs_url_scheme_not_supported'],
    ['encryption without a certificate', { encryption: { encryptAssertion: true } }, 'certificate_required'],
    [
      'encryption with something else',
      { encryption: { encryptAssertion: true, certificate: 'x' } },
      'invalid_certificate_pem_format',
    ],
  ])('422 for %s', async (_, settings, code) => {
    const { status, body } = await app.api('POST', path, { name: 'Other', nameIdFormat: PERSISTENT, ...settings });
    expect([status, body.code]).toEqual([422, `application.saml.${code}`]);
  });

  it('422 for an entity ID that is taken, and leaves nothing behind', async () => {
    const count = async () => (await app.api('GET', '/api/applications?types=SAML')).body.length;
    const before = await count();
    const { status, body } = await app.api('POST', path, { name: 'Copy', entityId: 'https://wiki.example/metadata' });
    expect([status, body.code]).toEqual([422, 'entity.unique_integrity_violation']);
    expect(await count()).toBe(before);
  });

  test.each([
    ['no name', { nameIdFormat: PERSISTENT }],
    ['an unknown format', { name: 'A', nameIdFormat: 'kerberos' }],
    ['an unknown claim', { name: 'A', attributeMapping: { password: 'p' } }],
    ['an attribute of two lines', { name: 'A', attributeMapping: { email: 'a\nb' } }],
    ['a long entity ID', { name: 'A', entityId: 'e'.repeat(129) }],
  ])('400 for %s', async (_, body) => {
    const answer = await app.api('POST', path, body);
    expect([answer.status, answer.body.code]).toEqual([400, 'guard.invalid_input']);
  });
});

describe(`GET ${path}/{id}`, () => {
  it('200, and it is in the list of applications', async () => {
    expect((await app.api('GET', wiki)).body).toEqual(created.body);
    const listed = await app.api('GET', '/api/applications?types=SAML');
    expect(listed.body.map(({ id }: { id: string }) => id)).toContain(created.body.id);
  });

  it('404 for none, 422 for another kind', async () => {
    const none = await app.api('GET', `${path}/nobody`);
    expect([none.status, none.body.code]).toEqual([404, 'entity.not_exists_with_id']);
    const other = await app.api('GET', `${path}/${client.id}`);
    expect([other.status, other.body.code]).toEqual([422, 'application.saml.saml_application_only']);
  });
});

describe(`PATCH ${path}/{id}`, () => {
  it('200, changes what is sent, keeps the rest, and takes away by null', async () => {
    const change = {
      name: 'Notes',
      acsUrl: null,
      attributeMapping: { sub: 'uid' },
      appLevelAccessControlEnabled: true,
    };
    const changed = await app.api('PATCH', wiki, change);
    expect([changed.status, changed.body]).toEqual([200, { ...created.body, ...change }]);
    expect((await app.api('GET', wiki)).body).toEqual(changed.body);
    const { name, acsUrl, attributeMapping } = created.body;
    const back = { name, acsUrl, attributeMapping, appLevelAccessControlEnabled: false };
    expect((await app.api('PATCH', wiki, back)).body).toEqual(created.body);
  });

  it('writes to the trail what was changed', async () => {
    await app.api('PATCH', wiki, { entityId: 'https://wiki.example/two' });
    const { body } = await app.api('GET', `/api/logs?logKey=Application.Saml.Updated`);
    expect(body[0].payload).toMatchObject({ after: { entityId: 'https://wiki.example/two' } });
  });

  it('400 at the API of other applications, which cannot make, change or delete it either', async () => {
    const elsewhere = `/api/applications/${created.body.id}`;
    const answers = [
      await app.api('PATCH', elsewhere, { name: 'x' }),
      await app.api('DELETE', elsewhere),
      await app.api('POST', '/api/applications', { name: 'x', type: 'SAML' }),
    ];
    for (const { status, body } of answers) {
      expect([status, body.code]).toEqual([400, 'application.saml.use_saml_app_api']);
    }
  });

  it('422 for another kind of application', async () => {
    expect((await app.api('PATCH', `${path}/${client.id}`, { name: 'x' })).status).toBe(422);
    expect((await app.api('DELETE', `${path}/${client.id}`)).status).toBe(422);
  });
});

describe('keys', () => {
  it('201 for a new one, which signs after it is activated and is in the metadata before', async () => {
    const [first] = (await app.api('GET', `${wiki}/secrets`)).body;
    const made = await app.api('POST', `${wiki}/secrets`, { lifeSpanInYears: 1 });
    expect([made.status, made.body.active]).toEqual([201, false]);
    const metadata = await fetch(`${app.origin}${wiki}/metadata`);
    expect([metadata.status, metadata.headers.get('content-type')]).toEqual([200, 'text/xml; charset=utf-8']);
    expect((await metadata.text()).match(/<ds:X509Certificate>/g)).toHaveLength(2);

    const refused = await app.api('DELETE', `${wiki}/secrets/${first.id}`);
    expect([refused.status, refused.body.code]).toEqual([400, 'application.saml.can_not_delete_active_secret']);
    const activated = await app.api('PATCH', `${wiki}/secrets/${made.body.id}`, { active: true });
    expect([activated.status, activated.body]).toEqual([200, { ...made.body, active: true }]);
    const listed = (await app.api('GET', `${wiki}/secrets`)).body;
    expect(listed.map((each: { id: string; active: boolean }) => [each.id, each.active])).toEqual([
      [made.body.id, true],
      [first.id, false],
    ]);
    expect((await app.api('DELETE', `${wiki}/secrets/${first.id}`)).status).toBe(204);
  });

  it('of fifty activations at once, one key is active in the end', async () => {
    const { body } = await app.api('POST', `${wiki}/secrets`, { lifeSpanInYears: 1 });
    const ids: string[] = (await app.api('GET', `${wiki}/secrets`)).body.map(({ id }: { id: string }) => id);
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, index) =>
        app.api('PATCH', `${wiki}/secrets/${ids[index % ids.length]}`, { active: true }),
      ),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    const after: { active: boolean }[] = (await app.api('GET', `${wiki}/secrets`)).body;
    expect(after.filter(({ active }) => active)).toHaveLength(1);
    await app.api('PATCH', `${wiki}/secrets/${body.id}`, { active: false });
    await app.api('DELETE', `${wiki}/secrets/${body.id}`);
  });

  it('400 for a lifespan of none, 404 for a key of nobody', async () => {
    expect((await app.api('POST', `${wiki}/secrets`, { lifeSpanInYears: 0 })).status).toBe(400);
    expect((await app.api('POST', `${path}/${client.id}/secrets`, { lifeSpanInYears: 1 })).status).toBe(404);
    expect((await app.api('PATCH', `${wiki}/secrets/nobody`, { active: true })).status).toBe(404);
    expect((await app.api('DELETE', `${wiki}/secrets/nobody`)).status).toBe(404);
  });

  it('are sealed at rest, and sealed anew when the master key changes', async () => {
    const { rows } = await app.world.database
      .forSystem('test')
      .execute('select private_key_sealed from saml_application_secrets');
    expect(String(rows[0]?.private_key_sealed)).toMatch(/^v1\./);
  });
});

describe(`DELETE ${path}/{id}`, () => {
  it('204, and everything of it is gone', async () => {
    const { body } = await app.api('POST', path, { name: 'Gone', entityId: 'https://gone.example' });
    expect((await app.api('DELETE', `${path}/${body.id}`)).status).toBe(204);
    expect((await app.api('GET', `${path}/${body.id}`)).status).toBe(404);
    expect((await fetch(`${app.origin}${path}/${body.id}/metadata`)).status).toBe(404);
    expect((await app.api('DELETE', `${path}/${body.id}`)).status).toBe(404);
  });
});
