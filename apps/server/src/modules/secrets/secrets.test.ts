import { beforeAll, describe, expect, it } from 'vitest';
import { connectGitlab, continueWithGitlab } from '../../../test/gitlab.ts';
import { type ApiAnswer, call, createTestApp } from '../../../test/harness.ts';
import { startSignIn } from '../../../test/pages.ts';
import { createClient, obtainTokens } from '../../../test/protocol.ts';
import type { Egress } from '../../kernel/egress.ts';
import { secrets } from './secrets.table.ts';

/** The network, but that GitLab's access tokens live for two minutes, not hours. */
const egress: Egress = async (url, init = {}) => {
  const answer = await fetch(url, {
    method: init.method ?? 'GET',
    headers: init.headers ?? {},
    body: init.body ?? null,
  });
  if (!String(url).endsWith('/oauth/token')) return answer;
  const body = (await answer.json()) as object;
  return Response.json({ ...body, ...('expires_in' in body && { expires_in: 120 }) }, { status: answer.status });
};
const app = await createTestApp({}, { egress });
const client = await createClient(app);
const people = Array.from({ length: 9 }, (_, index) => ({
  id: index + 1,
  username: `hana${index + 1}`,
  name: `Hana ${index + 1}`,
  password: 'hana-password',
  email: `hana${index + 1}@example.com`,
}));
const gitlab = await connectGitlab(app, people, { enableTokenStorage: true });
await app.api('PATCH', '/api/sign-in-exp', { signUp: { identifiers: [], password: false, verify: false } });
await app.api('PATCH', '/api/account-center', { enabled: true, fields: { social: 'Edit' } });

const PATH = '/api/my-account/identities/gitlab/access-token';
let next = 0;

/** Somebody who has signed in with GitLab, and a token for the own account. */
async function arrive(scope = 'openid identities') {
  const person = people[next++];
  if (!person) throw new Error('more people are needed');
  const signIn = async () => {
    const { visitor, page } = await startSignIn(app, client);
    return continueWithGitlab(gitlab, visitor, page, person);
  };
  await signIn();
  const user = await app.modules.users.findByIdentity(app.scope(), 'gitlab', String(person.id));
  if (!user) throw new Error('nobody arrived');
  /** With tokens of now. */
  const again = async () => {
    const { body } = await obtainTokens(app, client, user.id, { scope });
    const own = (method: string, path = PATH, sent?: unknown, origin = app.origin): Promise<ApiAnswer> =>
      call(origin + path, method, sent, { authorization: `Bearer ${body.access_token}` });
    const kept = async () =>
      (await app.api('GET', `/api/users/${user.id}/identities/gitlab?includeTokenSecret=true`)).body.tokenSecret;
    return { own, kept };
  };
  return { person, userId: user.id, signIn, again, ...(await again()) };
}

/** Who GitLab says the bearer of a token is. */
const bearerOf = async (accessToken: string) => {
  const headers = { authorization: `Bearer ${accessToken}` };
  const answer = await fetch(`${gitlab.baseUrl}/oauth/userinfo`, { headers });
  return answer.status === 200 ? ((await answer.json()) as { sub: string }).sub : answer.status;
};

/** Whether a text stands in any row of any table. */
async function standsAnywhere(text: string): Promise<string[]> {
  const db = app.world.database.pool;
  const { rows } = await db.query<{ name: string }>(
    "select table_name as name from information_schema.columns where column_name = 'tenant_id' and table_schema = 'public'",
  );
  const found: string[] = [];
  const connection = await db.connect();
  try {
    await connection.query("select set_config('latchkey.tenant', '*', false)");
    for (const { name } of rows) {
      const hit = await connection.query(`select 1 from "${name}" t where position($1 in t::text) > 0 limit 1`, [text]);
      if (hit.rows.length > 0) found.push(name);
    }
    await connection.query("select set_config('latchkey.tenant', '', false)");
  } finally {
    connection.release(true);
  }
  return found;
}

describe('tokens of a provider', () => {
  it('200: the owner gets the access token; administrators get its facts; nothing else holds it', async () => {
    const { person, own, kept, userId } = await arrive();
    const answer = await own('GET');
    expect(answer).toMatchObject({ status: 200, body: { token_type: 'Bearer', scope: 'openid email' } });
    expect(answer.body.expires_in).toBeGreaterThan(60);
    expect(answer.body).not.toHaveProperty('refresh_token');
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(await bearerOf(answer.body.access_token)).toBe(String(person.id));

    const { metadata, ...secret } = await kept();
    expect(secret).toMatchObject({ type: 'federated_token_set', target: 'gitlab', connectorId: gitlab.connectorId });
    expect(metadata).toMatchObject({ scope: 'openid email', tokenType: 'Bearer', hasRefreshToken: true });
    const unasked = await app.api('GET', `/api/users/${userId}/identities/gitlab`);
    expect(unasked.body).not.toHaveProperty('tokenSecret');
    const all = await app.api('GET', `/api/users/${userId}/all-identities?includeTokenSecret=true`);
    expect(all.body.socialIdentities[0].tokenSecret.id).toBe(secret.id);

    expect(await standsAnywhere('hana1@example.com')).toContain('users');
    expect(await standsAnywhere(answer.body.access_token)).toEqual([]);
  }, 30_000);

  it('403 for a token without the scope, 404 for a provider that is not linked', async () => {
    const { own } = await arrive('openid profile');
    expect(await own('GET')).toMatchObject({ status: 403, body: { code: 'auth.forbidden' } });
    const linked = await arrive();
    expect(await linked.own('GET', PATH.replace('gitlab', 'github'))).toMatchObject({
      status: 404,
      body: { code: 'user.identity_not_exist' },
    });
    expect((await call(app.origin + PATH, 'GET')).status).toBe(401);
  }, 30_000);

  it('PUT 200: a new proof replaces what is kept; 404 for the proof of another account', async () => {
    const { person, own, kept } = await arrive();
    const stranger = people.at(-1);
    if (!stranger) throw new Error('nobody else');
    const prove = async (who: typeof person) => {
      const asked = { connectorId: gitlab.connectorId, state: 's', redirectUri: `${app.origin}/callback/gitlab-1` };
      const { body: begun } = await own('POST', '/api/verifications/social', asked);
      const callback = new URL(await gitlab.answer(begun.authorizationUri, who));
      const { verificationRecordId } = begun;
      const connectorData = Object.fromEntries(callback.searchParams);
      await own('POST', '/api/verifications/social/verify', { verificationRecordId, connectorData });
      return { verificationRecordId };
    };
    const { id } = await kept();
    await app.api('DELETE', `/api/secrets/${id}`);
    expect((await own('GET')).status).toBe(404);
    const renewed = await own('PUT', PATH, await prove(person));
    expect(renewed.status, JSON.stringify(renewed.body)).toBe(200);
    expect(await bearerOf(renewed.body.access_token)).toBe(String(person.id));
    expect((await own('GET')).body.access_token).toBe(renewed.body.access_token);
    expect(await own('PUT', PATH, await prove(stranger))).toMatchObject({
      status: 404,
      body: { code: 'user.identity_not_exist' },
    });
  }, 30_000);

  it('a machine reads them with the permission of that name alone: `all` does not include it', async () => {
    const { person, userId } = await arrive();
    const path = `/api/users/${userId}/identities/gitlab/access-token`;
    expect(await app.api('GET', path)).toMatchObject({
      status: 403,
      body: { code: 'auth.forbidden', data: { requiredScope: 'provider-tokens:read' } },
    });
    const { body: resources } = await app.api('GET', '/api/resources?includeScopes=true');
    const own = resources
      .flatMap(({ scopes }: { scopes: { id: string; name: string }[] }) => scopes)
      .find(({ name }: { name: string }) => name === 'provider-tokens:read');
    const role = await app.api('POST', '/api/roles', {
      name: 'Reads tokens',
      description: 'of providers',
      type: 'MachineToMachine',
      scopeIds: [own.id],
    });
    const machine = await app.modules.applications.create(app.scope(), { name: 'Sync', type: 'MachineToMachine' });
    await app.api('POST', `/api/roles/${role.body.id}/applications`, { applicationIds: [machine.id] });
    const [secret] = await app.modules.applications.listSecrets(app.scope(), machine.id);
    const { access_token: token } = (await (
      await fetch(`${app.origin}/oidc/token`, {
        method: 'POST',
        body: new URLSearchParams({
          grant_type: 'client_credentials',
          client_id: machine.id,
          client_secret: secret?.value ?? '',
          resource: 'https://default.logto.app/api',
          scope: 'provider-tokens:read',
        }),
      })
    ).json()) as { access_token: string };
    const answer = await call(app.origin + path, 'GET', undefined, { authorization: `Bearer ${token}` });
    expect(answer.status, JSON.stringify(answer.body)).toBe(200);
    expect(await bearerOf(answer.body.access_token)).toBe(String(person.id));
    const trail = await app.api('GET', `/api/logs?logKey=User.ProviderToken.Read`);
    expect(trail.body).toHaveLength(1);
  }, 30_000);

  it('go with the linked account, with the setting, and with the connector', async () => {
    const { userId, kept, signIn } = await arrive();
    const { id } = await kept();
    expect(await app.api('DELETE', '/api/secrets/nobodyhasthisid000000')).toMatchObject({ status: 404 });
    expect((await app.api('DELETE', `/api/secrets/${id}`)).status).toBe(204);
    expect(await kept()).toBeUndefined();
    await signIn();
    expect(await kept()).toBeDefined();

    // Another account of the provider in its place: what was kept belongs to the former one.
    await app.api('PUT', `/api/users/${userId}/identities/gitlab`, { userId: 'somebody-else' });
    expect(await kept()).toBeUndefined();

    const rows = () => app.world.database.forSystem('test').$count(secrets);
    expect(await rows()).toBeGreaterThan(0);
    await app.api('PATCH', `/api/connectors/${gitlab.connectorId}`, { enableTokenStorage: false });
    expect(await rows()).toBe(0);
    await app.api('PATCH', `/api/connectors/${gitlab.connectorId}`, { enableTokenStorage: true });
  }, 30_000);
});

describe('tokens that are over', () => {
  type Arrived = Awaited<ReturnType<typeof arrive>>;
  let [many, revoked, unreachable] = [] as unknown as [Arrived, Arrived, Arrived];
  const before = new Map<Arrived, string>();
  beforeAll(async () => {
    [many, revoked, unreachable] = [await arrive(), await arrive(), await arrive()];
    for (const owner of [many, revoked]) before.set(owner, (await owner.own('GET')).body.access_token);
    app.advance(150_000);
  }, 60_000);

  it('200: fifty readers in two processes renew it once', async () => {
    const { own, kept } = await many.again();
    const another = await app.startAnother();
    const origins = Array.from({ length: 50 }, (_, index) => (index % 2 ? app.origin : another.origin));
    // GitLab takes a refresh token once, so a second renewal would fail.
    const answers = await Promise.all(origins.map((origin) => own('GET', PATH, undefined, origin)));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    const tokens = new Set(answers.map(({ body }) => body.access_token));
    expect(tokens.size).toBe(1);
    expect(tokens).not.toContain(before.get(many));
    expect((await kept()).metadata.hasRefreshToken).toBe(true);
  }, 60_000);

  it('401 when the provider takes the refresh token no more, then 404: nothing is left', async () => {
    const { own, kept } = await revoked.again();
    await gitlab.revoke(before.get(revoked) ?? '');
    expect(await own('GET')).toMatchObject({
      status: 401,
      body: { code: 'secrets.third_party_token_set.access_token_expired' },
    });
    expect(await own('GET')).toMatchObject({
      status: 404,
      body: { code: 'secrets.third_party_token_set.token_not_found' },
    });
    expect(await kept()).toBeUndefined();
  }, 30_000);

  it('400 while the provider cannot be reached; its tokens stay, and are renewed afterwards', async () => {
    const { own } = await unreachable.again();
    const { config } = (await app.api('GET', `/api/connectors/${gitlab.connectorId}`)).body;
    const pointAt = (baseUrl: string) =>
      app.api('PATCH', `/api/connectors/${gitlab.connectorId}`, { config: { ...config, baseUrl } });
    await pointAt('http://localhost:1');
    expect(await own('GET')).toMatchObject({ status: 400, body: { code: 'connector.general' } });
    await pointAt(config.baseUrl);
    expect((await own('GET')).status).toBe(200);
  }, 30_000);
});
