import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { createTestKey } from '@latchkey/connectors/saml/testing';
import { beforeEach, describe, expect, it, test } from 'vitest';
import { createTestApp } from '../../../test/harness.ts';
import { field, visit } from '../../../test/pages.ts';
import { answerXml, connectServiceProvider } from '../../../test/service-provider.ts';

const app = await createTestApp();
const PASSWORD = 'Paper-lamp-4-river';
const sp = await connectServiceProvider(app, { attributeMapping: { email: 'mail', name: 'cn', roles: 'groups' } });
const path = `/api/saml-applications/${sp.id}`;
const ada = await app.modules.users.create(app.scope(), {
  username: 'ada',
  name: 'Ada <Lovelace> & Co.',
  primaryEmail: 'ada@example.com',
  password: PASSWORD,
});
for (const name of ['reader', 'editor']) {
  const role = await app.api('POST', '/api/roles', { name, description: name });
  await app.api('POST', `/api/users/${ada.id}/roles`, { roleIds: [role.body.id] });
}
const asAda = { identifier: 'ada', password: PASSWORD };
const isPage = (page: { html: string }) => field(page as never, 'SAMLResponse') !== '';
const settings = (change: object) => app.api('PATCH', path, change);
/** A request whose XML was changed on the way. */
const tampered = (url: string, change: (xml: string) => string) => {
  const target = new URL(url);
  const xml = inflateRawSync(Buffer.from(target.searchParams.get('SAMLRequest') ?? '', 'base64')).toString();
  target.searchParams.set('SAMLRequest', deflateRawSync(change(xml)).toString('base64'));
  return target.href;
};
const refusal = async (url: string) => {
  const response = await fetch(url, { redirect: 'manual' });
  const body = (await response.json()) as { code: string };
  return [response.status, body.code];
};

beforeEach(() => settings({ nameIdFormat: 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent' }));

describe('a stock service provider', () => {
  it('signs somebody in by the redirect binding, and reads who it is', async () => {
    const visitor = visit(app);
    const url = await sp.authorizeUrl('/wiki/Home?x=1&y=2');
    expect((await fetch(url, { redirect: 'manual' })).status).toBe(302);
    const first = await visitor.open(url);
    expect(first.name).toBe('sign-in');
    const page = await visitor.submit(first, '/sign-in', asAda);
    expect([page.name, page.status]).toEqual(['hand-over', 200]);
    expect(page.html).toContain(`action="${sp.acsUrl}"`);
    expect(field(page, 'RelayState')).toBe('/wiki/Home?x=1&y=2');
    const profile = await sp.read(page);
    expect(profile).toMatchObject({
      nameID: ada.id,
      nameIDFormat: 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent',
      issuer: `${app.origin}/saml/${sp.id}`,
      sessionIndex: expect.stringMatching(/^_[\w-]{20,}$/),
      mail: 'ada@example.com',
      cn: 'Ada <Lovelace> & Co.',
      groups: expect.arrayContaining(['reader', 'editor']),
    });
  });

  it('signs somebody in by the POST binding', async () => {
    const visitor = visit(app);
    const form = await sp.authorizeForm('back');
    const response = await visitor.browser.post(sp.entryPoint, form, { origin: 'https://sp.example' });
    expect(response.status).toBe(302);
    const first = await visitor.open(response.headers.get('location') ?? '');
    const page = await visitor.submit(first, '/sign-in', asAda);
    expect(field(page, 'RelayState')).toBe('back');
    expect((await sp.read(page))?.nameID).toBe(ada.id);
  });

  it('asks nothing of who is signed in already, unless it wants that (ForceAuthn)', async () => {
    const visitor = visit(app);
    const first = await visitor.open(await sp.authorizeUrl());
    await visitor.submit(first, '/sign-in', asAda);
    const again = await visitor.open(await sp.authorizeUrl());
    expect((await sp.read(again))?.nameID).toBe(ada.id);
    const force = tampered(await sp.authorizeUrl(), (xml) =>
      xml.replace('<samlp:AuthnRequest', '<samlp:AuthnRequest ForceAuthn="true"'),
    );
    expect((await visitor.open(force)).name).toBe('sign-in');
  });

  it('is told so when nobody is signed in and nobody may be asked (IsPassive)', async () => {
    const url = tampered(await sp.authorizeUrl(), (xml) =>
      xml.replace('<samlp:AuthnRequest', '<samlp:AuthnRequest IsPassive="true"'),
    );
    const page = await visit(app).open(url);
    expect(answerXml(page)).toContain('status:NoPassive');
    expect(answerXml(page)).not.toContain('Assertion ');
    await expect(sp.read(page)).resolves.toBeNull();
  });

  it('reads assertions that are encrypted for it', async () => {
    const key = await createTestKey('service provider');
    const encryption = { encryptAssertion: true, encryptThenSign: true, certificate: key.certificate };
    const secret = await connectServiceProvider(app, { encryption }, { decryptionPvk: key.privateKey });
    const visitor = visit(app);
    const page = await visitor.submit(await visitor.open(await secret.authorizeUrl()), '/sign-in', asAda);
    expect(answerXml(page)).toContain('EncryptedAssertion');
    expect(answerXml(page)).not.toContain(ada.id);
    expect((await secret.read(page))?.nameID).toBe(ada.id);
  });
});

describe('how users are named', () => {
  const nameIdAs = async (nameIdFormat: string) => {
    await settings({ nameIdFormat });
    const visitor = visit(app);
    const page = await visitor.submit(await visitor.open(await sp.authorizeUrl()), '/sign-in', asAda);
    return (await sp.read(page))?.nameID;
  };

  it('by the address, which must be there', async () => {
    const format = 'urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress';
    expect(await nameIdAs(format)).toBe('ada@example.com');
    await app.modules.users.create(app.scope(), { username: 'bob', password: PASSWORD });
    const visitor = visit(app);
    const first = await visitor.open(await sp.authorizeUrl());
    const page = await visitor.submit(first, '/sign-in', { identifier: 'bob', password: PASSWORD });
    expect([page.name, page.status]).toEqual(['error', 400]);
  });

  it('by another name each time when it is transient', async () => {
    const format = 'urn:oasis:names:tc:SAML:2.0:nameid-format:transient';
    const [one, two] = [await nameIdAs(format), await nameIdAs(format)];
    expect(one).not.toBe(two);
    expect([one, two]).not.toContain(ada.id);
  });
});

describe('a request is refused', () => {
  const rows: [string, (xml: string) => string][] = [
    ['it wants the answer elsewhere', (xml) => xml.replace(sp.acsUrl, 'https://evil.example/acs')],
    ['it was meant for somebody else', (xml) => xml.replace(sp.entryPoint, 'https://other.example/sso')],
    ['it wants another binding', (xml) => xml.replace('bindings:HTTP-POST', 'bindings:HTTP-Artifact')],
    [
      'it is two hours old',
      (xml) => xml.replace(/IssueInstant="[^"]+"/, `IssueInstant="${new Date(Date.now() - 7_200_000).toISOString()}"`),
    ],
    [
      'it is of the future',
      (xml) => xml.replace(/IssueInstant="[^"]+"/, `IssueInstant="${new Date(Date.now() + 3_600_000).toISOString()}"`),
    ],
    ['its ID is markup', (xml) => xml.replace(/ ID="[^"]+"/, ' ID="a&quot;b"')],
    ['it is something else', (xml) => xml.replaceAll('AuthnRequest', 'LogoutRequest')],
    ['it is no XML', () => 'hello'],
  ];
  test.each(rows)('400 when %s', async (_, change) => {
    const url = tampered(await sp.authorizeUrl(), change);
    expect(await refusal(url)).toEqual([400, 'application.saml.invalid_saml_request']);
  });

  it('400 when another service provider asks', async () => {
    const url = tampered(await sp.authorizeUrl(), (xml) => xml.replace(sp.entityId, 'https://other.example'));
    expect(await refusal(url)).toEqual([400, 'application.saml.auth_request_issuer_not_match']);
  });

  it('400 when it is not deflated, is too long, or RelayState is', async () => {
    const at = (fields: Record<string, string>) => refusal(`${sp.entryPoint}?${new URLSearchParams(fields)}`);
    expect((await at({ SAMLRequest: 'eA==' }))[1]).toBe('application.saml.invalid_saml_request');
    expect((await at({ SAMLRequest: 'eA==', RelayState: 'r'.repeat(513) }))[1]).toBe('guard.invalid_input');
    expect((await at({}))[1]).toBe('guard.invalid_input');
  });

  it('with a page that says why to a browser', async () => {
    const url = tampered(await sp.authorizeUrl(), (xml) => xml.replace(sp.acsUrl, 'https://evil.example/acs'));
    const page = await visit(app).open(url);
    expect([page.name, page.status]).toEqual(['error', 400]);
    expect(page.html).toContain('not registered');
    expect(page.html).not.toContain('evil.example');
  });

  it('400 while the application knows no service provider, 404 where there is none or no key', async () => {
    const url = await sp.authorizeUrl();
    await settings({ acsUrl: null });
    expect(await refusal(url)).toEqual([400, 'application.saml.acs_url_required']);
    await settings({ acsUrl: { binding: 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST', url: sp.acsUrl } });
    const [key] = (await app.api('GET', `${path}/secrets`)).body;
    await app.api('PATCH', `${path}/secrets/${key.id}`, { active: false });
    expect(await refusal(url)).toEqual([404, 'application.saml.no_active_secret']);
    await app.api('PATCH', `${path}/secrets/${key.id}`, { active: true });
    expect(await refusal(url.replace(sp.id, 'nobody'))).toEqual([404, 'entity.not_exists_with_id']);
  });
});

describe('an answer is given once', () => {
  it('for one request, however often that comes', async () => {
    const url = await sp.authorizeUrl();
    const visitor = visit(app);
    await visitor.open(url);
    // Reloaded before it is answered, it begins anew.
    const page = await visitor.submit(await visitor.open(url), '/sign-in', asAda);
    expect(isPage(page)).toBe(true);
    const again = await visitor.open(url);
    expect([again.name, again.status]).toEqual(['error', 400]);
  });

  it('of fifty returns with one code, to one', async () => {
    const visitor = visit(app);
    await visitor.submit(await visitor.open(await sp.authorizeUrl()), '/sign-in', asAda);
    const begun = await visitor.browser.get(await sp.authorizeUrl());
    const returned = await visitor.browser.get(begun.headers.get('location') ?? '');
    const callback = returned.headers.get('location') ?? '';
    expect(callback).toContain(`${path}/callback?code=`);
    const answers = await Promise.all(Array.from({ length: 50 }, () => visitor.browser.clone().get(callback)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 400)).toHaveLength(49);
  });

  it('in the browser that brought the request, and in no other', async () => {
    const visitor = visit(app);
    await visitor.submit(await visitor.open(await sp.authorizeUrl()), '/sign-in', asAda);
    const begun = await visitor.browser.get(await sp.authorizeUrl());
    const returned = await visitor.browser.get(begun.headers.get('location') ?? '');
    const callback = returned.headers.get('location') ?? '';
    const noCookie = await fetch(callback);
    expect([noCookie.status, ((await noCookie.json()) as { code: string }).code]).toEqual([
      400,
      'application.saml.sp_initiated_saml_sso_session_not_found_in_cookies',
    ]);
    const thief = visit(app);
    await thief.open(await sp.authorizeUrl());
    expect((await thief.open(callback)).status).toBe(400);
    expect(isPage(await visitor.open(callback))).toBe(true);
  });
});

describe('who may not enter', () => {
  it('sees a page that says so, and the service provider hears nothing', async () => {
    await settings({ appLevelAccessControlEnabled: true });
    const visitor = visit(app);
    const page = await visitor.submit(await visitor.open(await sp.authorizeUrl()), '/sign-in', asAda);
    expect(page.name).toBe('error');
    expect(isPage(page)).toBe(false);
    await settings({ appLevelAccessControlEnabled: false });
  });

  it('is nobody whom the server signs with an expired key', async () => {
    const url = await sp.authorizeUrl();
    app.advance(4 * 365 * 86_400_000);
    expect(await refusal(url)).toEqual([404, 'application.saml.no_active_secret']);
    app.advance(-4 * 365 * 86_400_000);
  });
});

it('both steps are in the trail, the refused ones with the reason', async () => {
  const visitor = visit(app);
  await visitor.submit(await visitor.open(await sp.authorizeUrl()), '/sign-in', asAda);
  const keyed = async (key: string) =>
    (await app.api('GET', `/api/logs?logKey=${key}&applicationId=${sp.id}&page_size=100`)).body;
  const requests = await keyed('SamlApplication.AuthnRequest');
  expect(requests.some((log: { payload: { result: string } }) => log.payload.result === 'Error')).toBe(true);
  const [callback] = await keyed('SamlApplication.Callback');
  expect(callback.payload).toMatchObject({ result: 'Success', userId: ada.id, applicationId: sp.id });
});
