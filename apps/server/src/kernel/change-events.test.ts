// What happens in the services, as webhooks are told of it.
import { sql } from 'drizzle-orm';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createTestApp } from '../../test/harness.ts';
import { startSignIn } from '../../test/pages.ts';
import { createClient, obtainTokens } from '../../test/protocol.ts';
import { eventNames } from './events.contract.ts';

const app = await createTestApp();
const { api } = app;
const PASSWORD = 'Paper-lamp-4-river';

// biome-ignore lint/suspicious/noExplicitAny: payloads of every event are looked into.
type Message = Record<string, any>;
const told = async (): Promise<Message[]> => {
  const { rows } = await app
    .scope()
    .db.execute<{ body: string }>(sql`select body from webhook_deliveries order by sequence`);
  return rows.map(({ body }) => JSON.parse(body));
};
const names = async () => (await told()).map(({ event }) => event);

beforeAll(async () => {
  await api('POST', '/api/hooks', { events: [...eventNames], config: { url: 'http://localhost:1/' } });
});
beforeEach(async () => {
  await app.scope().db.execute(sql`delete from webhook_deliveries`);
});

describe('a user', () => {
  test('created, changed, suspended, given a password and deleted: the wire’s payload, and no digest', async () => {
    const { body: user } = await api('POST', '/api/users', { username: 'grace', password: PASSWORD });
    await api('PATCH', `/api/users/${user.id}`, { name: 'Grace' });
    await api('PATCH', `/api/users/${user.id}/is-suspended`, { isSuspended: true });
    await api('PATCH', `/api/users/${user.id}/password`, { password: `${PASSWORD}-2` });
    await api('DELETE', `/api/users/${user.id}`);
    expect(await names()).toEqual([
      'User.Created',
      'User.Data.Updated',
      'User.SuspensionStatus.Updated',
      'User.Password.Updated',
      'User.Data.Updated',
      'User.Deleted',
    ]);
    const messages = await told();
    expect(messages[1]).toMatchObject({
      event: 'User.Data.Updated',
      path: `/users/${user.id}`,
      method: 'PATCH',
      status: 200,
      params: { userId: user.id },
      matchedRoute: '/users/:userId',
      ip: expect.any(String),
      data: { id: user.id, username: 'grace', name: 'Grace', isSuspended: false, createdAt: expect.any(Number) },
    });
    expect(messages.at(-1)).toMatchObject({ data: null, params: { userId: user.id }, status: 204 });
    expect(JSON.stringify(messages)).not.toMatch(/argon2|digest|Paper-lamp/i);
  });
});

describe('a sign-in', () => {
  test('failed, then done: who failed, and the interaction with the user and the application', async () => {
    const { body: user } = await api('POST', '/api/users', { username: 'hedy', password: PASSWORD });
    const client = await createClient(app);
    await app.scope().db.execute(sql`delete from webhook_deliveries`);
    const { visitor, page } = await startSignIn(app, client);
    const again = await visitor.submit(page, '/sign-in', { identifier: 'hedy', password: 'wrong-password' });
    await visitor.submit(again, '/sign-in', { identifier: 'hedy', password: PASSWORD });
    expect(await names()).toEqual(['User.SignIn.Failed', 'PostSignIn']);
    const metrics = await (await fetch(`${app.origin}/metrics`)).text();
    expect(metrics).toContain('latchkey_sign_ins_total{outcome="failed"} 1');
    expect(metrics).toContain('latchkey_sign_ins_total{outcome="signed_in"} 1');
    const [failed, done] = await told();
    expect(failed).toMatchObject({
      identifier: { type: 'username', value: 'hedy' },
      error: 'session.invalid_credentials',
      applicationId: client.id,
    });
    expect(done).toMatchObject({
      interactionEvent: 'SignIn',
      userId: user.id,
      user: { id: user.id, username: 'hedy' },
      application: { id: client.id, type: expect.any(String), name: expect.any(String) },
      userIp: expect.any(String),
    });
    expect(JSON.stringify([failed, done])).not.toMatch(/wrong-password|Paper-lamp|argon2/);
  });
});

test('applications, their secrets, connectors and settings: our own events, with every secret masked', async () => {
  const { body: machine } = await api('POST', '/api/applications', { name: 'Robot', type: 'MachineToMachine' });
  await api('PATCH', `/api/applications/${machine.id}`, { name: 'Robot 2' });
  const { body: secret } = await api('POST', `/api/applications/${machine.id}/secrets`, { name: 'second' });
  const { body: connector } = await api('POST', '/api/connectors', {
    connectorId: 'gitlab-universal',
    config: { clientId: 'id', clientSecret: 'connector-secret', scope: 'openid' },
  });
  await api('DELETE', `/api/connectors/${connector.id}`);
  await api('PATCH', '/api/sign-in-exp', { termsOfUseUrl: 'https://example.com/terms' });
  await api('DELETE', `/api/applications/${machine.id}`);
  // The settings are told of twice: the connector was taken out of them too.
  expect([...new Set(await names())]).toEqual([
    'Application.Created',
    'Application.Data.Updated',
    'Application.Secrets.Updated',
    'Connector.Created',
    'Connector.Deleted',
    'SignInExperience.Updated',
    'Application.Deleted',
  ]);
  const messages = await told();
  expect(messages[1]).toMatchObject({ data: { id: machine.id, name: 'Robot 2' }, matchedRoute: '/applications/:id' });
  const text = JSON.stringify(messages);
  for (const value of [secret.value, 'connector-secret']) expect(text).not.toContain(value);
});

test('identities, roles and factors of a user', async () => {
  const { body: user } = await api('POST', '/api/users', { username: 'katherine' });
  const { body: role } = await api('POST', '/api/roles', { name: 'Analyst', description: 'Computes' });
  await app.scope().db.execute(sql`delete from webhook_deliveries`);
  await api('PUT', `/api/users/${user.id}/identities/gitlab`, { userId: 'at-gitlab' });
  await api('DELETE', `/api/users/${user.id}/identities/gitlab`);
  await api('POST', `/api/users/${user.id}/roles`, { roleIds: [role.id] });
  const { body: factor } = await api('POST', `/api/users/${user.id}/mfa-verifications`, { type: 'Totp' });
  const [{ id }] = (await api('GET', `/api/users/${user.id}/mfa-verifications`)).body;
  await api('DELETE', `/api/users/${user.id}/mfa-verifications/${id}`);
  const messages = await told();
  expect(messages.map(({ event }) => event)).toEqual([
    'User.Identity.Linked',
    'User.Data.Updated',
    'User.Identity.Unlinked',
    'User.Data.Updated',
    'User.Roles.Updated',
    'User.Mfa.Created',
    'User.Mfa.Deleted',
  ]);
  expect(messages[0]).toMatchObject({ data: { id: user.id, identities: { gitlab: { userId: 'at-gitlab' } } } });
  expect(messages[5]).toMatchObject({ params: { userId: user.id }, factor: { type: 'Totp' } });
  expect(JSON.stringify(messages)).not.toContain(factor.secret);
});

test('sessions and grants that are revoked', async () => {
  const { body: user } = await api('POST', '/api/users', { username: 'dorothy' });
  const client = await createClient(app);
  await obtainTokens(app, client, user.id, { scope: 'openid offline_access' });
  await app.scope().db.execute(sql`delete from webhook_deliveries`);
  const [grant] = (await api('GET', `/api/users/${user.id}/grants`)).body.grants;
  await api('DELETE', `/api/users/${user.id}/grants/${grant.id}`);
  const [session] = (await api('GET', `/api/users/${user.id}/sessions`)).body.sessions;
  await api('DELETE', `/api/users/${user.id}/sessions/${session.payload.uid}`);
  expect(await told()).toMatchObject([
    { event: 'Grant.Revoked', userId: user.id, applicationId: client.id, grantId: grant.id },
    { event: 'Session.Revoked', userId: user.id, sessionUid: session.payload.uid },
  ]);
});

test('invitations: made, answered and deleted', async () => {
  const { body: organization } = await api('POST', '/api/organizations', { name: 'Langley' });
  await app.scope().db.execute(sql`delete from webhook_deliveries`);
  const expiresAt = Date.now() + 3_600_000;
  const invitation = { organizationId: organization.id, invitee: 'mary@example.com', expiresAt };
  const { body: made } = await api('POST', '/api/organization-invitations', invitation);
  await api('PUT', `/api/organization-invitations/${made.id}/status`, { status: 'Revoked' });
  await api('DELETE', `/api/organization-invitations/${made.id}`);
  expect(await told()).toMatchObject([
    { event: 'OrganizationInvitation.Created', data: { id: made.id, invitee: 'mary@example.com', status: 'Pending' } },
    { event: 'OrganizationInvitation.Status.Updated', data: { id: made.id, status: 'Revoked' } },
    { event: 'OrganizationInvitation.Deleted', data: null },
  ]);
});

test('enterprise connectors, and settings: which one, and what it is now', async () => {
  const { body: sso } = await api('POST', '/api/sso-connectors', { providerName: 'OIDC', connectorName: 'acme' });
  await api('PATCH', `/api/sso-connectors/${sso.id}`, { syncProfile: true });
  await api('DELETE', `/api/sso-connectors/${sso.id}`);
  await api('PATCH', '/api/account-center', { enabled: true });
  await api('PUT', '/api/captcha-provider', {
    config: { type: 'Turnstile', siteKey: 'k', secretKey: 'captcha-secret' },
  });
  await api('PATCH', '/api/configs/audit-logs', { retentionDays: { signIn: 100 } });
  await api('POST', '/api/configs/oidc/private-keys/rotate', {});
  const messages = await told();
  expect(messages.map(({ event, change }) => change ?? event)).toEqual([
    'SsoConnector.Created',
    'SsoConnector.Data.Updated',
    'SsoConnector.Deleted',
    'AccountCenter.Updated',
    'CaptchaProvider.Updated',
    'AuditLogs.Settings.Updated',
    'OidcKey.Rotated',
  ]);
  expect(messages[5]).toMatchObject({
    event: 'Settings.Updated',
    target: { type: 'AuditLogs' },
    data: { retentionDays: { signIn: 100 } },
  });
  expect(JSON.stringify(messages)).not.toContain('captcha-secret');
});
