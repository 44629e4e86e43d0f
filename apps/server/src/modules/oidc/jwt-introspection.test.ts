// What a JWT says is true until it ends; whether it still counts is asked of introspection (RFC 7662).
import { decodeJwt } from 'jose';
import { beforeAll, describe, expect, test } from 'vitest';
import { createTestApp } from '../../../test/harness.ts';
import { createClient, obtainTokens, requestToken, type TestClient } from '../../../test/protocol.ts';

const app = await createTestApp();
const MANAGEMENT_API = 'https://default.logto.app/api';
let web: TestClient;
let userId: string;

beforeAll(async () => {
  web = await createClient(app);
  userId = (await app.modules.users.create(app.scope(), { username: 'ada' })).id;
});

const refresh = (client: TestClient, token: string, extra: Record<string, string> = {}) =>
  requestToken(app, client, { grant_type: 'refresh_token', refresh_token: token, ...extra });
const form = (path: string, params: Record<string, string>) =>
  fetch(`${app.origin}/oidc/${path}`, {
    method: 'POST',
    headers: { authorization: `Basic ${btoa(`${web.id}:${web.secret}`)}` },
    body: new URLSearchParams(params),
  });

describe('a JWT is told to be good no longer', () => {
  const issue = async (client: TestClient, user = userId) => {
    const { body } = await obtainTokens(app, client, user, { resource: MANAGEMENT_API });
    const { body: api } = await refresh(client, body.refresh_token, { resource: MANAGEMENT_API });
    return { access: api.access_token as string, refresh: api.refresh_token as string };
  };
  const isActive = async (token: string) => {
    const answer = await form('token/introspection', { token });
    expect(answer.status).toBe(200);
    return ((await answer.json()) as { active: boolean }).active;
  };
  const grantOf = (token: string) => String(decodeJwt(token).grant_id);

  test('when the application revokes what it stands on, and only then', async () => {
    const [revoked, other] = [await issue(web), await issue(web)];
    expect([await isActive(revoked.access), await isActive(other.access)]).toEqual([true, true]);
    await form('token/revocation', { token: revoked.refresh });
    expect([await isActive(revoked.access), await isActive(other.access)]).toEqual([false, true]);
  });

  test('when an administrator revokes the grant', async () => {
    const { access } = await issue(web);
    const revoked = await app.api('DELETE', `/api/users/${userId}/grants/${grantOf(access)}`);
    expect([revoked.status, await isActive(access)]).toEqual([204, false]);
  });

  test('when the session it came from is ended with what it granted', async () => {
    const { access } = await issue(web);
    const { body } = await app.api('GET', `/api/users/${userId}/sessions`);
    const session = (body.sessions as { payload: { uid: string; authorizations: object } }[]).find((one) =>
      JSON.stringify(one.payload.authorizations).includes(grantOf(access)),
    );
    const ended = await app.api(
      'DELETE',
      `/api/users/${userId}/sessions/${session?.payload.uid}?revokeGrantsTarget=all`,
    );
    expect([ended.status, await isActive(access)]).toEqual([204, false]);
  });

  test('when the application is deleted', async () => {
    const passing = await createClient(app);
    const { access } = await issue(passing);
    expect(await isActive(access)).toBe(true);
    await app.api('DELETE', `/api/applications/${passing.id}`);
    expect(await isActive(access)).toBe(false);
  });

  test('when the user is suspended', async () => {
    const { id } = await app.modules.users.create(app.scope(), { username: 'soon_suspended' });
    const { access } = await issue(web, id);
    expect(await isActive(access)).toBe(true);
    await app.api('PATCH', `/api/users/${id}/is-suspended`, { isSuspended: true });
    expect(await isActive(access)).toBe(false);
  });
});
