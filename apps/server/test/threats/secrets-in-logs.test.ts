// Threat class "secrets in logs": a walk through what handles secrets, each of them marked; then the process log, the
// trail and what is kept of requests to others are searched for them.
import { expect, test, vi } from 'vitest';
import { createTestApp } from '../harness.ts';
import { createLogSink } from '../log-sink.ts';
import { startSignIn } from '../pages.ts';
import { createClient, obtainTokens, requestToken } from '../protocol.ts';
import { createReceiver } from '../receiver.ts';

const sink = createLogSink();
const app = await createTestApp({}, { log: sink.log });
const { api } = app;
const receiver = await createReceiver();
receiver.answer = () => ({ status: 500, body: 'marked-answer' });

/** What must be found nowhere, by what it is. */
const secrets: Record<string, string> = {
  password: 'Marked-password-1',
  wrongPassword: 'Marked-wrong-password',
  connectorSecret: 'marked-connector-secret',
  smtpPassword: 'marked-smtp-password',
  header: 'marked-header',
  streamToken: 'marked-stream-token',
  variable: 'marked-variable',
  captcha: 'marked-captcha',
  forgedToken: 'marked-bearer-token',
  forgedCode: 'marked-authorization-code',
  answer: 'marked-answer',
};

async function signIn(userName: string): Promise<void> {
  const client = await createClient(app);
  secrets.clientSecret = client.secret ?? '';
  const { visitor, page } = await startSignIn(app, client);
  const again = await visitor.submit(page, '/sign-in', { identifier: userName, password: secrets.wrongPassword ?? '' });
  const done = await visitor.submit(again, '/sign-in', { identifier: userName, password: secrets.password ?? '' });
  secrets.code = new URL(done.url).searchParams.get('code') ?? '';
  secrets.session = visitor.browser.cookie('_session') ?? '';
}

async function obtainAndRefresh(userId: string): Promise<void> {
  const client = await createClient(app);
  const { body } = await obtainTokens(app, client, userId, { scope: 'openid offline_access' });
  secrets.refreshToken = body.refresh_token;
  secrets.accessToken = body.access_token;
  secrets.idToken = body.id_token;
  const refreshed = await requestToken(app, client, { grant_type: 'refresh_token', refresh_token: body.refresh_token });
  secrets.nextRefreshToken = refreshed.body.refresh_token;
  // Refused ones are told of with their reasons, which must not quote them.
  await requestToken(app, client, { grant_type: 'refresh_token', refresh_token: body.refresh_token });
  await requestToken(app, client, {
    grant_type: 'authorization_code',
    code: secrets.forgedCode ?? '',
    redirect_uri: 'http://127.0.0.1:5999/callback',
  });
  await fetch(`${app.origin}/oidc/me`, { headers: { authorization: `Bearer ${secrets.forgedToken}` } });
  await fetch(`${app.origin}/oidc/me?access_token=${secrets.forgedToken}`);
  await api('GET', '/api/users', undefined, { authorization: `Bearer ${secrets.forgedToken}` });
}

async function configure(userId: string): Promise<void> {
  const made = async (method: string, path: string, body?: object) => {
    const answer = await api(method, path, body);
    expect([path, answer.status]).toEqual([path, expect.toSatisfy((status: number) => status < 300)]);
    return answer.body;
  };
  const gitlab = { clientId: 'id', clientSecret: secrets.connectorSecret, scope: 'openid' };
  const connector = await made('POST', '/api/connectors', { connectorId: 'gitlab-universal', config: gitlab });
  await made('PATCH', `/api/connectors/${connector.id}`, { config: { ...gitlab, scope: 'openid profile' } });
  const smtp = {
    host: 'localhost',
    port: 1,
    auth: { type: 'login', user: 'user', pass: secrets.smtpPassword },
    fromEmail: 'sender@example.com',
    templates: [],
  };
  await api('POST', '/api/connectors/simple-mail-transfer-protocol/test', { email: 'to@example.com', config: smtp });
  const hook = await made('POST', '/api/hooks', {
    events: ['User.Created'],
    config: { url: receiver.url, headers: { 'x-key': secrets.header } },
  });
  secrets.signingKey = hook.signingKey;
  secrets.nextSigningKey = (await made('PATCH', `/api/hooks/${hook.id}/signing-key`)).signingKey;
  await made('PUT', '/api/configs/audit-streams/http', { url: receiver.url, token: secrets.streamToken });
  await made('PUT', '/api/captcha-provider', {
    config: { type: 'Turnstile', siteKey: 'site', secretKey: secrets.captcha },
  });
  await made('PUT', '/api/configs/jwt-customizer/access-token', {
    script: 'const getCustomJwtClaims = () => ({});',
    environmentVariables: { key: secrets.variable },
  });
  const application = await made('POST', '/api/applications', { name: 'Marked', type: 'MachineToMachine' });
  secrets.secondSecret = (await made('POST', `/api/applications/${application.id}/secrets`, { name: 'second' })).value;
  secrets.totp = (await made('POST', `/api/users/${userId}/mfa-verifications`, { type: 'Totp' })).secret;
  secrets.oneTimeToken = (await made('POST', '/api/one-time-tokens', { email: 'marked@example.com' })).token;
  secrets.personalToken = (await made('POST', `/api/users/${userId}/personal-access-tokens`, { name: 'laptop' })).value;
  await made('PATCH', `/api/users/${userId}/password`, { password: `${secrets.password}-2` });
}

const { body: user } = await api('POST', '/api/users', { username: 'marked', password: secrets.password });
await signIn('marked');
await obtainAndRefresh(user.id);
await configure(user.id);
// The receivers answer with failures, and that is recorded too.
await app.modules.deliverer.start();
await api('POST', '/api/users', { username: 'told' });
await vi.waitFor(async () => {
  expect(receiver.requests.some(({ headers }) => headers['x-key'] === secrets.header)).toBe(true);
  await app.runJob('stream-audit-logs');
  expect(receiver.requests.some(({ headers }) => headers.authorization === `Bearer ${secrets.streamToken}`)).toBe(true);
}, 30_000);
await app.modules.deliverer.stop();
await app.modules.flush();

/** Everything of a table as text. */
const contentOf = async (table: string): Promise<string> => {
  const { rows } = await app.world.database.pool.query<{ text: string }>(
    `select set_config('latchkey.tenant', '*', false), (select string_agg(t::text, E'\n') from ${table} t) as text`,
  );
  return rows[0]?.text ?? '';
};

const names = Object.keys(secrets);

test.each(['audit_logs', 'webhook_attempts', 'webhook_deliveries', 'audit_streams', 'message_deliveries'])(
  '%s quotes none of them',
  async (table) => {
    const text = await contentOf(table);
    if (table !== 'message_deliveries') expect(text).not.toBe('');
    expect(names.filter((name) => text.includes(secrets[name] ?? ''))).toEqual([]);
  },
);

test('the process log, at its most talkative, quotes none of them', () => {
  const text = sink.text();
  expect(text.length).toBeGreaterThan(1000);
  expect(names.filter((name) => text.includes(secrets[name] ?? ''))).toEqual([]);
});

test('the walk has met every secret that it looks for', () => {
  expect(names.filter((name) => (secrets[name] ?? '').length < 8)).toEqual([]);
});
