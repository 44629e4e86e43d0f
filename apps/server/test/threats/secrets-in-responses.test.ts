// Threat class "secrets in responses": authentik CVE-2026-40166 (a client secret told to ordinary users).
// Every GET operation of the Management API is asked about a tenant full of secrets whose values are known here.
import { expect, test } from 'vitest';
import { isManaged } from '../../src/kernel/wire.contract.ts';
import { createTestApp } from '../harness.ts';
import { messagesTo } from '../mail.ts';
import { pathOf, type Targets } from './attempts.ts';

const app = await createTestApp();
const { api } = app;
const PASSWORD = 'Paper-lamp-4-river';
const UNKNOWN = 'nobodyhasthisid000000';

const made = async (method: string, path: string, body: object) => {
  const answer = await api(method, path, body);
  expect(answer.status, `${path}: ${JSON.stringify(answer.body)}`).toBeLessThan(300);
  return answer.body;
};

const application = await made('POST', '/api/applications', { name: 'Shop', type: 'Traditional' });
const machine = await made('POST', '/api/applications', { name: 'Machine', type: 'MachineToMachine' });
const [clientSecret] = (await api('GET', `/api/applications/${application.id}/secrets`)).body;
const user = await made('POST', '/api/users', { username: 'owner', password: PASSWORD, primaryEmail: 'o@example.com' });
const { passwordDigest } = (await api('GET', `/api/users/${user.id}?includePasswordHash=true`)).body;
const factor = await made('POST', `/api/users/${user.id}/mfa-verifications`, { type: 'Totp' });
const codes = await made('POST', `/api/users/${user.id}/mfa-verifications`, { type: 'BackupCode' });
const pat = await made('POST', `/api/users/${user.id}/personal-access-tokens`, { name: 'ci' });
const connector = await made('POST', '/api/connectors', {
  connectorId: 'gitlab-universal',
  config: { clientId: 'shop', clientSecret: 'secret-of-the-connector', scope: 'openid' },
});
const webhook = await made('POST', '/api/hooks', {
  name: 'shop',
  events: ['User.Created'],
  config: { url: 'http://localhost:1/', headers: { 'x-key': 'secret-of-the-header' } },
});
await made('PUT', '/api/captcha-provider', {
  config: { type: 'Turnstile', siteKey: 'site', secretKey: 'secret-of-the-captcha' },
});
const organization = await made('POST', '/api/organizations', { name: 'Acme' });
const invitation = await made('POST', '/api/organization-invitations', {
  organizationId: organization.id,
  invitee: 'guest@example.com',
  expiresAt: Date.now() + 3_600_000,
  messagePayload: {},
});
const [message] = (await messagesTo(app, 'guest@example.com')) as { link?: string }[];
const initial = await made('POST', '/api/configs/dynamic-client-registration/initial-access-tokens', { name: 'x' });
const oneTimeToken = await made('POST', '/api/one-time-tokens', { email: 'o@example.com' });

/** Each secret, and the operations where the wire returns it to who may ask for it. */
const secrets: Record<string, { value: string; at: string[] }> = {
  'client secret': { value: clientSecret.value, at: ['GET /api/applications/:id/secrets'] },
  password: { value: PASSWORD, at: [] },
  // With `includePasswordHash` alone, which the walk does not send.
  'password digest': { value: passwordDigest, at: [] },
  'secret of the authenticator app': { value: factor.secret, at: [] },
  'backup code': { value: codes.codes[0], at: [] },
  'personal access token': { value: pat.value, at: [] },
  'secret of a connector': {
    value: 'secret-of-the-connector',
    at: ['GET /api/connectors', 'GET /api/connectors/:id'],
  },
  'header of a webhook': { value: 'secret-of-the-header', at: ['GET /api/hooks', 'GET /api/hooks/:id'] },
  'signing key of a webhook': { value: webhook.signingKey, at: ['GET /api/hooks', 'GET /api/hooks/:id'] },
  'secret of the captcha': { value: 'secret-of-the-captcha', at: ['GET /api/captcha-provider'] },
  'initial access token': { value: initial.value, at: [] },
  'one-time token': { value: oneTimeToken.token, at: ['GET /api/one-time-tokens', 'GET /api/one-time-tokens/:id'] },
  // The inbox shows messages as their recipients get them, and is there in development alone.
  'secret of an invitation': {
    value: new URL(message?.link ?? '').searchParams.get('token') ?? '',
    at: ['GET /api/development-inbox'],
  },
};

const targets = new Proxy(
  {
    application: application.id,
    machine: machine.id,
    user: user.id,
    connector: connector.id,
    webhook: webhook.id,
    organization: organization.id,
    invitation: invitation.id,
    oneTimeToken: oneTimeToken.id,
  } as unknown as Targets,
  { get: (known, name) => Reflect.get(known, name) ?? UNKNOWN },
);

const answers = new Map<string, string>();
for (const operation of app.operations.filter((one) => isManaged(one) && one.method === 'GET')) {
  const { status, body } = await api('GET', pathOf(operation, targets));
  if (status === 200) answers.set(`GET ${operation.path}`, JSON.stringify(body));
}

test('the walk reaches most of what can be read', () => {
  expect(answers.size).toBeGreaterThan(60);
});

test.each(Object.entries(secrets))(
  'the %s is told where the wire says so, and nowhere else',
  (_name, { value, at }) => {
    expect(value.length).toBeGreaterThan(8);
    const told = [...answers].filter(([, body]) => body.includes(value)).map(([operation]) => operation);
    expect(told.sort()).toEqual(at.sort());
  },
);

test('nothing sealed and no hash of a token ever leaves', () => {
  for (const [operation, body] of answers) {
    expect(body, operation).not.toMatch(/sealed"|_sealed|valueHash|secretHash|tokenHash|\$argon2/i);
  }
});
