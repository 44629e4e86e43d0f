// Threat class "session and revocation": what was revoked stays so in every process, whatever its caches hold.
import { beforeAll, describe, expect, test } from 'vitest';
import { createTestApp } from '../harness.ts';
import { createClient, obtainTokens, requestToken, type TestClient } from '../protocol.ts';

const app = await createTestApp();
let web: TestClient;
let second: { origin: string };

beforeAll(async () => {
  web = await createClient(app);
  second = await app.startAnother();
});

const refresh = (token: string, at = second) =>
  requestToken({ ...app, origin: at.origin }, web, { grant_type: 'refresh_token', refresh_token: token });
const userInfo = async (token: string, at = second) =>
  (await fetch(`${at.origin}/oidc/me`, { headers: { authorization: `Bearer ${token}` } })).status;

describe('in another process, which has used the tokens before', () => {
  test.each([
    ['suspension', (id: string) => app.api('PATCH', `/api/users/${id}/is-suspended`, { isSuspended: true })],
    ['a new password', (id: string) => app.api('PATCH', `/api/users/${id}/password`, { password: 'Paper-lamp-4-x' })],
    ['deletion', (id: string) => app.api('DELETE', `/api/users/${id}`)],
  ])('%s ends refresh and access tokens at once', async (_name, end) => {
    const { id } = await app.modules.users.create(app.scope(), {});
    const { body } = await obtainTokens(app, web, id);
    expect((await refresh(body.refresh_token)).status).toBe(200);
    expect(await userInfo(body.access_token)).toBe(200);
    expect((await end(id)).status).toBeLessThan(300);
    expect((await refresh(body.refresh_token)).body.error).toBe('invalid_grant');
    expect(await userInfo(body.access_token)).toBe(401);
  });
});

test('a process that starts after the revocation knows of it', async () => {
  const { id } = await app.modules.users.create(app.scope(), {});
  const { body } = await obtainTokens(app, web, id);
  await app.api('PATCH', `/api/users/${id}/is-suspended`, { isSuspended: true });
  const third = await app.startAnother();
  expect((await refresh(body.refresh_token, third)).body).toMatchObject({
    error: 'invalid_grant',
    error_description: 'the user is suspended',
  });
});
