// Threat classes "provider mix-up" (RFC 9207, RFC 9700 §4.4) and "account-linking takeover" at enterprise providers by
// OpenID Connect: an answer, an issuer or an address of one is taken for that of another.
import { describe, expect, test } from 'vitest';
import { connectOidcEnterprise, discoveringEgress, startEnterpriseProvider } from '../enterprise-oidc.ts';
import { createTestApp } from '../harness.ts';
import { startSignIn, visit } from '../pages.ts';
import { createClient } from '../protocol.ts';

const { egress, documents, redeemed } = discoveringEgress();
const app = await createTestApp({}, { egress });
const client = await createClient(app);
const ada = () => ({ sub: 'ada', name: 'Ada', email: 'ada@acme.example', email_verified: true });
const acme = await startEnterpriseProvider(documents, ada());
const evil = await startEnterpriseProvider(documents, ada());
const acmeId = await connectOidcEnterprise(app.api, acme, { domains: ['acme.example'] });
const evilId = await connectOidcEnterprise(app.api, evil, { domains: ['evil.example'] });
const settings = await app.api('PATCH', '/api/sign-in-exp', {
  singleSignOnEnabled: true,
  signUp: { identifiers: ['username'], password: true, verify: false },
  signIn: {
    methods: (['username', 'email'] as const).map((identifier) => ({
      identifier,
      password: true,
      verificationCode: false,
      isPasswordPrimary: true,
    })),
  },
});
expect(settings.status, JSON.stringify(settings.body)).toBe(200);

/** Leaves for a provider by the address that is typed: whoever comes back, and where to. */
async function leave(email: string, provider = acme, visitor = visit(app), application = client) {
  const { page } = await startSignIn(app, application, {}, visitor);
  const left = await visitor.submit(page, '/sign-in', { identifier: email, password: 'typed in vain' });
  expect(left.url.startsWith(`${provider.issuer}/authorize?`)).toBe(true);
  expect(new URL(left.url).searchParams.get('login_hint')).toBe(email);
  const params = await provider.authorize(left.url);
  return (connectorId: string, more: Record<string, string> = {}) =>
    visitor.open(`${app.origin}/callback/${connectorId}?${new URLSearchParams({ ...params, ...more })}`);
}
const codeOf = ({ url }: { url: string }) => new URL(url).searchParams.get('code');
const userAt = (value: string) => app.modules.users.findByIdentifier(app.scope(), { type: 'email', value });
const newUser = (primaryEmail: string) => app.modules.users.create(app.scope(), { primaryEmail });

test('control: whoever types an address signs in at its provider, and has an account', async () => {
  const comeBack = await leave('ada@acme.example');
  expect(codeOf(await comeBack(acmeId, { iss: acme.issuer }))).toBeTruthy();
  expect(redeemed.splice(0)).toEqual([acme.issuer]);
  expect(await userAt('ada@acme.example')).toMatchObject({ name: 'Ada' });
});

test('a discovery document about another issuer is refused, and no connector is made of it', async () => {
  const liar = await startEnterpriseProvider(documents, ada(), { issuer: acme.issuer });
  const before = (await app.api('GET', '/api/sso-connectors')).headers.get('total-number');
  const body = { providerName: 'OIDC', connectorName: 'Liar', config: liar.config };
  const answer = await app.api('POST', '/api/sso-connectors', body);
  expect([answer.status, answer.body.code]).toEqual([400, 'connector.invalid_config']);
  expect(answer.body.details).toContain('another issuer');
  expect((await app.api('GET', '/api/sso-connectors')).headers.get('total-number')).toBe(before);
});

test('RFC 9207 §2.4: an answer that names another issuer is refused, and its code goes nowhere', async () => {
  const comeBack = await leave('x@evil.example', evil);
  expect(await comeBack(evilId, { iss: acme.issuer })).toMatchObject({ status: 401, name: 'error' });
  expect(redeemed).toEqual([]);
});

test('an answer to the address of another connector finds no sign-in, and its code goes nowhere', async () => {
  const comeBack = await leave('ada@acme.example');
  expect(await comeBack(evilId)).toMatchObject({ status: 400, name: 'error' });
  expect(redeemed).toEqual([]);
});

test('an answer with a state that was made up is refused, and takes nothing from who is at the provider', async () => {
  const comeBack = await leave('ada@acme.example');
  expect(await comeBack(acmeId, { state: 'made-up' })).toMatchObject({ status: 400, name: 'error' });
  expect(redeemed).toEqual([]);
  expect(codeOf(await comeBack(acmeId))).toBeTruthy();
  expect(redeemed.splice(0)).toEqual([acme.issuer]);
});

test('two applications in one browser leave for one provider: each answer finds its own sign-in', async () => {
  const other = await createClient(app);
  const visitor = visit(app);
  const comeBacks = [
    await leave('ada@acme.example', acme, visitor),
    await leave('ada@acme.example', acme, visitor, other),
  ];
  const [second, first] = [await comeBacks[1]?.(acmeId), await comeBacks[0]?.(acmeId)];
  expect([first?.url.startsWith(client.redirectUri), second?.url.startsWith(other.redirectUri)]).toEqual([true, true]);
  expect(redeemed.splice(0)).toHaveLength(2);
});

test('an ID token of another issuer is refused, though its signature is good, and the page names the provider', async () => {
  const { connectorName } = (await app.api('GET', `/api/sso-connectors/${evilId}`)).body;
  const comeBack = await leave('x@evil.example', evil);
  evil.misbehave({ idToken: ({ claims, sign }) => sign({ ...claims, iss: acme.issuer }) });
  const page = await comeBack(evilId);
  expect(page).toMatchObject({ status: 401, name: 'error' });
  expect(page.html).toContain(connectorName);
  evil.misbehave({});
  expect(redeemed.splice(0)).toEqual([evil.issuer]);
});

describe('an address that the provider', () => {
  const comeWith = async (claims: object, connectorId = evilId, typed = 'x@evil.example', provider = evil) => {
    const comeBack = await leave(typed, provider);
    Object.assign(provider.profile, claims);
    const page = await comeBack(connectorId);
    expect(codeOf(page), page.html).toBeTruthy();
  };

  test('may not vouch for opens no account, and is not taken over', async () => {
    const victim = await newUser('victim@acme.example');
    await comeWith({ sub: 'thief', email: 'victim@acme.example', email_verified: true });
    expect((await userAt('victim@acme.example'))?.id).toBe(victim.id);
    expect((await app.api('GET', `/api/users/${victim.id}?includeSsoIdentities=true`)).body.ssoIdentities).toEqual([]);
  });

  test.each([false, undefined, 'no'])('calls verified: %s opens no account either', async (email_verified) => {
    const email = `unproved-${email_verified}@evil.example`;
    const victim = await newUser(email);
    await comeWith({ sub: `thief-${email_verified}`, email, email_verified });
    expect((await app.api('GET', `/api/users/${victim.id}?includeSsoIdentities=true`)).body.ssoIdentities).toEqual([]);
  });

  test('is trusted for, unverified, opens its account', async () => {
    const trusted = await startEnterpriseProvider(documents, { sub: 'tess', email: 'tess@trusted.example' });
    const connectorId = await connectOidcEnterprise(app.api, trusted, {
      domains: ['trusted.example'],
      config: { trustUnverifiedEmail: true },
    });
    const { id } = await newUser('tess@trusted.example');
    await comeWith({}, connectorId, 'tess@trusted.example', trusted);
    expect((await app.api('GET', `/api/users/${id}?includeSsoIdentities=true`)).body.ssoIdentities).toMatchObject([
      { issuer: trusted.issuer, identityId: 'tess' },
    ]);
  });
});

test('a connector of another tenant leads nowhere: not by the address, and not when an application names it', async () => {
  const neighbour = await startEnterpriseProvider(documents, ada());
  const api = await app.apiOf('admin');
  const connectorId = await connectOidcEnterprise(api, neighbour, { domains: ['neighbour.example'] });
  const { visitor, page } = await startSignIn(app, client);
  const stayed = await visitor.submit(page, '/sign-in', { identifier: 'x@neighbour.example', password: 'wrong' });
  expect(stayed.name).toBe('sign-in');
  const direct = await startSignIn(app, client, { direct_sign_in: `sso:${connectorId}` });
  expect(direct.page.name).toBe('sign-in');
});
