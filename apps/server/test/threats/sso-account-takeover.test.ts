// Threat class "account-linking takeover" by enterprise single sign-on: Keycloak CVE-2026-9087, Zitadel CVE-2026-27946.
import { describe, expect, it } from 'vitest';
import { startExperience } from '../experience.ts';
import { createTestApp } from '../harness.ts';
import { messagesTo } from '../mail.ts';
import { startSignIn } from '../pages.ts';
import { createClient } from '../protocol.ts';
import { connectEnterprise } from '../saml.ts';
import { startWalk } from '../walks.ts';

const app = await createTestApp();
const client = await createClient(app);
const acme = await connectEnterprise(app, ['acme.example'], { syncProfile: true });
const evil = await connectEnterprise(app, ['evil.example']);
const PASSWORD = 'Paper-lamp-4-river';
const settings = await app.api('PATCH', '/api/sign-in-exp', {
  singleSignOnEnabled: true,
  signInMode: 'SignIn',
  signUp: { identifiers: ['username'], password: true, verify: false },
  signIn: {
    methods: [
      { identifier: 'username', password: true, verificationCode: false, isPasswordPrimary: true },
      { identifier: 'email', password: true, verificationCode: false, isPasswordPrimary: true },
    ],
  },
  mfa: { factors: ['Totp'], policy: 'Mandatory' },
});
expect(settings.status, JSON.stringify(settings.body)).toBe(200);
const newUser = (username: string, primaryEmail: string) =>
  app.modules.users.create(app.scope(), { username, primaryEmail, password: PASSWORD });
const codeOf = (url: string) => new URL(url).searchParams.get('code');
const identitiesOf = async (id: string) =>
  (await app.api('GET', `/api/users/${id}?includeSsoIdentities=true`)).body.ssoIdentities;

/** Types the address on the first page: where the browser is sent. */
async function leave(email: string) {
  const { visitor, page } = await startSignIn(app, client);
  return { visitor, page: await visitor.submit(page, '/sign-in', { identifier: email, password: 'typed in vain' }) };
}
const enter = async (email: string, enterprise: typeof acme, said: object) => {
  const { visitor, page } = await leave(email);
  expect(page.url.startsWith(enterprise.idp.signInEndpoint)).toBe(true);
  return { visitor, page: await visitor.open(await enterprise.answer(page.url, said)) };
};

describe('whoever types an address of an enterprise', () => {
  it('gets an account by its provider where nobody else may register, and is asked for nothing more', async () => {
    const attributes = { email: 'new@acme.example', name: 'New' };
    const { page } = await enter('new@acme.example', acme, { nameId: 'new', attributes });
    expect(codeOf(page.url)).toBeTruthy();
    const user = await app.modules.users.findByIdentifier(app.scope(), { type: 'email', value: 'new@acme.example' });
    expect(user).toMatchObject({ name: 'New', username: null });
    expect(await identitiesOf(user?.id ?? '')).toMatchObject([
      { issuer: acme.idp.entityId, identityId: 'new', ssoConnectorId: acme.connectorId },
    ]);
    const renamed = { nameId: 'new', attributes: { ...attributes, name: 'Renamed' } };
    expect(codeOf((await enter('new@acme.example', acme, renamed)).page.url)).toBeTruthy();
    const again = await app.modules.users.findByIdentifier(app.scope(), { type: 'email', value: 'new@acme.example' });
    expect(again).toMatchObject({ id: user?.id, name: 'Renamed' });
  });

  it('opens the account that has the address, and joins the organization that the connector leads into', async () => {
    const { id } = await newUser('worker', 'worker@acme.example');
    const organization = (await app.api('POST', '/api/organizations', { name: 'Acme' })).body;
    const jit = `/api/organizations/${organization.id}/jit/sso-connectors`;
    await app.api('PUT', jit, { ssoConnectorIds: [acme.connectorId] });
    const attributes = { email: 'worker@acme.example' };
    const { page } = await enter('worker@acme.example', acme, { nameId: 'w', attributes });
    expect(codeOf(page.url)).toBeTruthy();
    expect(await identitiesOf(id)).toHaveLength(1);
    const joined = await app.modules.organizations.membershipsOf(app.scope(), { userId: id });
    expect(joined.map(({ organizationId }) => organizationId)).toEqual([organization.id]);
  });

  it('cannot use the password, whichever door is tried', async () => {
    await newUser('insider', 'insider@acme.example');
    const custom = await startExperience(app, client);
    await custom.call('PUT', '/experience', { interactionEvent: 'SignIn' });
    const identifier = { type: 'email', value: 'insider@acme.example' };
    const answer = await custom.call('POST', '/experience/verification/password', { identifier, password: PASSWORD });
    expect([answer.status, answer.body.code]).toEqual([422, 'session.sso_enabled']);
    expect(answer.body.data.ssoConnectors).toMatchObject([{ id: acme.connectorId }]);
    const found = await custom.call('GET', '/experience/sso-connectors?email=insider%40acme.example');
    expect(found.body).toEqual({ connectorIds: [acme.connectorId] });
  });

  it('is told so on the page where nobody has the domain', async () => {
    const { visitor, page } = await startSignIn(app, client);
    const form = await visitor.open(`${app.origin}/single-sign-on${new URL(page.url).search}`);
    const answer = await visitor.submit(form, '/single-sign-on', { identifier: 'x@nobody.example' });
    expect(answer).toMatchObject({ status: 422, name: 'single-sign-on' });
    expect(answer.html).toContain('Nobody at this address signs in this way');
  });

  it('chooses where two providers have the domain', async () => {
    const shared = [
      await connectEnterprise(app, ['shared.example'], { branding: { displayName: 'North' } }),
      await connectEnterprise(app, ['shared.example'], { branding: { displayName: 'South' } }),
    ];
    const { visitor, page } = await leave('somebody@shared.example');
    expect(page.name).toBe('single-sign-on');
    for (const name of ['North', 'South']) expect(page.html).toContain(name);
    const href = new URL(`/single-sign-on/${shared[1]?.connectorId}`, page.url).href;
    const left = await visitor.browser.get(`${href}${new URL(page.url).search}`, { 'sec-fetch-site': 'same-origin' });
    expect(left.headers.get('location')).toContain(shared[1]?.idp.signInEndpoint);
  });
});

describe('one customer’s provider', () => {
  it('does not reach the accounts of another’s domain, whatever it asserts', async () => {
    const victim = await newUser('victim', 'victim@acme.example');
    const attributes = { email: 'victim@acme.example' };
    const { page } = await enter('x@evil.example', evil, { nameId: 'thief', attributes });
    expect(codeOf(page.url)).toBeTruthy();
    expect(await identitiesOf(victim.id)).toEqual([]);
  });

  it('does not reach the identities of another that has the same issuer and id', async () => {
    const attributes = { email: 'boss@acme.example' };
    await enter('boss@acme.example', acme, { nameId: 'boss', attributes });
    const boss = await app.modules.users.findByIdentifier(app.scope(), { type: 'email', value: 'boss@acme.example' });
    const identity = {
      connectorId: evil.connectorId,
      issuer: acme.idp.entityId,
      userInfo: { id: 'boss', rawData: {} },
    };
    expect(await app.modules.enterpriseSso.findUserId(app.scope(), identity)).toBeUndefined();
    expect(await identitiesOf(boss?.id ?? '')).toHaveLength(1);
  });

  it('does not replace the account of somebody whose address was given to another', async () => {
    const attributes = { email: 'reused@acme.example' };
    await enter('reused@acme.example', acme, { nameId: 'former', attributes });
    const { page } = await enter('reused@acme.example', acme, { nameId: 'successor', attributes });
    expect(page.name).toBe('link-account');
  });
});

it('an account whose address nobody has proved is its owner’s to prove, before a provider opens it', async () => {
  const email = 'imported@acme.example';
  const unproved = { username: 'imported', primaryEmail: email, emailIsVerified: false, password: PASSWORD };
  const { id } = await app.modules.users.create(app.scope(), unproved);
  const { page } = await enter(email, acme, { nameId: 'imported', attributes: { email } });
  expect(page.name).toBe('link-account');
  expect(await identitiesOf(id)).toEqual([]);
});

describe('a custom sign-in page', () => {
  it('registers by the same rules, after the provider has answered', async () => {
    const custom = await startExperience(app, client);
    await custom.call('PUT', '/experience', { interactionEvent: 'SignIn' });
    const path = `/experience/verification/sso/${acme.connectorId}`;
    const request = { state: 'custom-state', redirectUri: `${app.origin}/callback/${acme.connectorId}` };
    const begun = await custom.call('POST', `${path}/authorization-uri`, request);
    const { verificationId, authorizationUri } = begun.body;
    await acme.answer(authorizationUri, { nameId: 'json', attributes: { email: 'json@acme.example' } });
    const verified = await custom.call('POST', `${path}/verify`, {
      verificationId,
      connectorData: { state: 'custom-state' },
    });
    expect(verified.status, JSON.stringify(verified.body)).toBe(200);
    const unknown = await custom.call('POST', '/experience/identification', { verificationId });
    expect([unknown.status, unknown.body.code]).toEqual([404, 'user.identity_not_exist']);
    expect((await custom.call('PUT', '/experience/interaction-event', { interactionEvent: 'Register' })).status).toBe(
      204,
    );
    expect((await custom.call('POST', '/experience/identification', { verificationId })).status).toBe(201);
    const submitted = await custom.call('POST', '/experience/submit');
    expect([submitted.status, Object.keys(submitted.body)]).toEqual([200, ['redirectTo']]);
  });
});

it('a code to the mailbox opens nothing where the address belongs to several providers of an enterprise', async () => {
  await Promise.all(['a', 'b'].map(() => connectEnterprise(app, ['shared.example'])));
  const methods = [{ identifier: 'email', password: false, verificationCode: true, isPasswordPrimary: false }];
  const codes = { signIn: { methods }, signUp: { identifiers: ['email'], password: false, verify: true } };
  expect((await app.api('PATCH', '/api/sign-in-exp', codes)).status).toBe(200);
  await newUser('shared', 'shared@shared.example');
  const walker = await startWalk(app, client);
  expect((await walker.submit('/sign-in', { identifier: 'shared@shared.example' })).name).toBe('single-sign-on');
  expect((await walker.submit('/sign-in/method', { method: 'code' })).name).toBe('single-sign-on');
  expect(await messagesTo(app, 'shared@shared.example')).toEqual([]);
});
