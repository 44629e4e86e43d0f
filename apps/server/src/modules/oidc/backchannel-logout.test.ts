import { createRemoteJWKSet, jwtVerify } from 'jose';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Browser, createBrowser } from '../../../test/browser.ts';
import { createTestApp } from '../../../test/harness.ts';
import { field, visit } from '../../../test/pages.ts';
import { createClient, obtainTokens, SIGNED_OUT_URI, type TestClient } from '../../../test/protocol.ts';
import { createReceiver } from '../../../test/receiver.ts';
import { type Jobs, startJobs } from '../../kernel/jobs.ts';

const app = await createTestApp();
const receiver = await createReceiver();
const keys = createRemoteJWKSet(new URL(`${app.origin}/oidc/jwks`));
const EVENT = 'http://schemas.openid.net/event/backchannel-logout';
let client: TestClient;
let jobs: Jobs;

beforeAll(async () => {
  client = await createClient(app);
  await app.api('PATCH', `/api/applications/${client.id}`, {
    oidcClientMetadata: { backchannelLogoutUri: receiver.url, backchannelLogoutSessionRequired: true },
  });
  jobs = await startJobs({ pool: app.world.database.pool, log: app.world.log, jobs: app.modules.jobs });
});

afterAll(() => jobs.close());

beforeEach(() => {
  receiver.requests.length = 0;
  receiver.answer = () => ({ status: 204 });
});

async function signedIn(username: string, browser: Browser = createBrowser(app.origin)) {
  const { id: userId } = await app.modules.users.create(app.scope(), { username });
  const { body } = await obtainTokens(app, client, userId, {}, browser);
  const { payload } = await jwtVerify(body.id_token, keys);
  return { userId, browser, idToken: body.id_token as string, sid: payload.sid };
}

async function signOut({ browser, idToken }: { browser: Browser; idToken: string }) {
  const person = visit(app, browser);
  const query = new URLSearchParams({ id_token_hint: idToken, post_logout_redirect_uri: SIGNED_OUT_URI });
  const page = await person.open(`${app.origin}/oidc/session/end?${query}`);
  return person.submit(page, '/session/end/confirm', { xsrf: field(page, 'xsrf'), logout: 'yes' });
}

const received = (count = 1) =>
  vi.waitFor(() => expect(receiver.requests.length).toBeGreaterThanOrEqual(count), { timeout: 20_000, interval: 50 });

/** Back-Channel Logout 1.0 §2.6, as a relying party checks it. */
async function verified() {
  await received();
  const [request] = receiver.requests;
  expect(request?.headers['content-type']).toContain('application/x-www-form-urlencoded');
  const token = new URLSearchParams(request?.text).get('logout_token') ?? '';
  const { payload } = await jwtVerify(token, keys, {
    issuer: `${app.origin}/oidc`,
    audience: client.id,
    typ: 'logout+jwt',
    requiredClaims: ['iat', 'exp', 'jti', 'events'],
  });
  expect(payload.events).toEqual({ [EVENT]: {} });
  expect(payload).not.toHaveProperty('nonce');
  return payload;
}

describe('logout tokens reach the application', () => {
  it('when the user signs out', async () => {
    const user = await signedIn('ada');
    expect(user.sid).toBeTruthy();
    await signOut(user);
    expect(await verified()).toMatchObject({ sub: user.userId, sid: user.sid });
  });

  it('when an administrator ends the session', async () => {
    const { userId, sid } = await signedIn('grace');
    const { body } = await app.api('GET', `/api/users/${userId}/sessions`);
    const answer = await app.api('DELETE', `/api/users/${userId}/sessions/${body.sessions[0].payload.uid}`);
    expect(answer.status).toBe(204);
    expect(await verified()).toMatchObject({ sub: userId, sid });
  });

  it('when the user is suspended', async () => {
    const { userId, sid } = await signedIn('joan');
    await app.api('PATCH', `/api/users/${userId}/is-suspended`, { isSuspended: true });
    expect(await verified()).toMatchObject({ sub: userId, sid });
  });
});

describe('an application that does not take them', () => {
  it('keeps nobody from signing out', async () => {
    receiver.answer = () => null;
    const user = await signedIn('mary');
    const end = await signOut(user);
    expect(end.url).toBe(SIGNED_OUT_URI);
    await received();
    receiver.hangUp();
  });

  it('is asked again after a failure', async () => {
    receiver.answer = () => ({ status: 503 });
    await signOut(await signedIn('hedy'));
    await received();
    await vi.waitFor(
      async () => {
        const { rows } = await app.world.database.pool.query(
          `select attempts, run_at > now() as later, last_error from graphile_worker.jobs where task_identifier = $1`,
          ['send-logout-token'],
        );
        expect(rows).toContainEqual(
          expect.objectContaining({ later: true, last_error: expect.stringContaining('503') }),
        );
      },
      { timeout: 20_000, interval: 50 },
    );
  });

  it('is not asked where it has no address', async () => {
    const other = await createClient(app);
    const { id } = await app.modules.users.create(app.scope(), { username: 'lise' });
    await obtainTokens(app, other, id);
    await app.api('PATCH', `/api/users/${id}/is-suspended`, { isSuspended: true });
    const { rows } = await app.world.database.pool.query(
      'select 1 from graphile_worker._private_jobs where payload ->> $1 = $2',
      ['clientId', other.id],
    );
    expect(rows).toEqual([]);
  });
});
