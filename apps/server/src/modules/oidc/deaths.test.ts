import { beforeAll, describe, expect, it } from 'vitest';
import { type Browser, createBrowser } from '../../../test/browser.ts';
import { createTestApp } from '../../../test/harness.ts';
import { field, visit } from '../../../test/pages.ts';
import { createClient, obtainTokens, requestToken, SIGNED_OUT_URI, type TestClient } from '../../../test/protocol.ts';

const app = await createTestApp();
let web: TestClient;
let spa: TestClient;

beforeAll(async () => {
  web = await createClient(app);
  spa = await createClient(app, { type: 'SPA' });
});

let users = 0;
const newUser = async () => {
  users += 1;
  return (await app.modules.users.create(app.scope(), { username: `user${users}` })).id;
};

async function signedIn(client = web, browser?: Browser) {
  const userId = await newUser();
  const { body } = await obtainTokens(app, client, userId, {}, browser);
  return { userId, refreshToken: body.refresh_token as string, idToken: body.id_token as string };
}

const refresh = (token: string, client = web, at: { origin: string } = app) =>
  requestToken({ ...app, origin: at.origin }, client, { grant_type: 'refresh_token', refresh_token: token });

const sentence = async (token: string, client = web) => {
  const { status, body } = await refresh(token, client);
  expect({ status, error: body.error }).toEqual({ status: 400, error: 'invalid_grant' });
  return body.error_description as string;
};

const sessionsOf = async (userId: string) =>
  (await app.api('GET', `/api/users/${userId}/sessions`)).body.sessions.map(
    ({ payload }: { payload: { uid: string } }) => payload.uid,
  ) as string[];

describe('invalid_grant says why a refresh token is dead', () => {
  it('revoked by an administrator, with the session', async () => {
    const { userId, refreshToken } = await signedIn();
    const [session] = await sessionsOf(userId);
    await app.api('DELETE', `/api/users/${userId}/sessions/${session}?revokeGrantsTarget=all`);
    expect(await sentence(refreshToken)).toContain('an administrator ended');
  });

  it('suspended, deleted, and a new password', async () => {
    const suspended = await signedIn();
    await app.api('PATCH', `/api/users/${suspended.userId}/is-suspended`, { isSuspended: true });
    expect(await sentence(suspended.refreshToken)).toBe('the user is suspended');
    const deleted = await signedIn();
    await app.api('DELETE', `/api/users/${deleted.userId}`);
    expect(await sentence(deleted.refreshToken)).toBe('the user does not exist any more');
    const changed = await signedIn();
    await app.api('PATCH', `/api/users/${changed.userId}/password`, { password: 'Paper-lamp-4-river' });
    expect(await sentence(changed.refreshToken)).toContain('password');
  });

  it('used again after it was replaced, for the whole family', async () => {
    const { refreshToken } = await signedIn(spa);
    const { body } = await refresh(refreshToken, spa);
    app.advance(4_000);
    expect(await sentence(refreshToken, spa)).toContain('was used after it was replaced');
    expect(await sentence(body.refresh_token, spa)).toContain('was used after it was replaced');
  });

  it('revoked by the application itself', async () => {
    const { refreshToken } = await signedIn();
    await fetch(`${app.origin}/oidc/token/revocation`, {
      method: 'POST',
      body: new URLSearchParams({ client_id: web.id, client_secret: web.secret ?? '', token: refreshToken }),
    });
    expect(await sentence(refreshToken)).toContain('the application itself revoked');
  });

  it('signed out', async () => {
    const browser = createBrowser(app.origin);
    const client = await createClient(app, { custom: { alwaysIssueRefreshToken: true } });
    const userId = await newUser();
    const { body } = await obtainTokens(app, client, userId, { scope: 'openid' }, browser);
    const person = visit(app, browser);
    const query = new URLSearchParams({ id_token_hint: body.id_token, post_logout_redirect_uri: SIGNED_OUT_URI });
    const page = await person.open(`${app.origin}/oidc/session/end?${query}`);
    await person.submit(page, '/session/end/confirm', { xsrf: field(page, 'xsrf'), logout: 'yes' });
    expect(await sentence(body.refresh_token, client)).toContain('signed out');
  });

  it('a newer sign-in took its place', async () => {
    const client = await createClient(app, { custom: { maxAllowedGrants: 1 } });
    const userId = await newUser();
    const first = await obtainTokens(app, client, userId);
    await obtainTokens(app, client, userId);
    expect(await sentence(first.body.refresh_token, client)).toContain('the limit of grants');
  });

  it('expired, or its grant has, and the trail says so too', async () => {
    const expired = await signedIn();
    const past = new Date(Date.now() - 1000).toISOString();
    const kill = (userId: string, model: string) =>
      app.world.database.pool.query(
        `update oidc_models set expires_at = $1, payload = jsonb_set(payload, '{exp}', '1700000000')
         where account_id = $2 and model = $3`,
        [past, userId, model],
      );
    await kill(expired.userId, 'RefreshToken');
    expect(await sentence(expired.refreshToken)).toBe('the refresh token has expired');
    const grantless = await signedIn();
    await kill(grantless.userId, 'Grant');
    expect(await sentence(grantless.refreshToken)).toContain('the grant of the refresh token has expired');
    await app.modules.flush();
    const { body } = await app.api('GET', `/api/logs?logKey=ExchangeTokenBy.RefreshToken&applicationId=${web.id}`);
    expect(body.map(({ payload }: { payload: { params: object } }) => payload.params)).toContainEqual(
      expect.objectContaining({ reason: 'grant_expired' }),
    );
  });

  it('nothing to another client, and nothing of a token that never was', async () => {
    const { userId, refreshToken } = await signedIn();
    await app.api('PATCH', `/api/users/${userId}/is-suspended`, { isSuspended: true });
    expect(await sentence(refreshToken, spa)).toBe('grant request is invalid');
    expect(await sentence('nobody-was-given-this')).toBe('grant request is invalid');
  });
});

it('a refresh token ends with its grant at the latest', async () => {
  const { userId, refreshToken } = await signedIn(spa);
  const soon = Math.floor(Date.now() / 1000) + 100;
  await app.world.database.pool.query(
    `update oidc_models set payload = jsonb_set(payload, '{exp}', $1::jsonb) where account_id = $2 and model = 'Grant'`,
    [String(soon), userId],
  );
  expect((await refresh(refreshToken, spa)).status).toBe(200);
  const { rows } = await app.world.database.pool.query(
    `select (payload ->> 'exp')::int as exp from oidc_models
     where account_id = $1 and model = 'RefreshToken' and consumed_at is null`,
    [userId],
  );
  expect(rows[0]?.exp).toBeLessThanOrEqual(soon);
});
