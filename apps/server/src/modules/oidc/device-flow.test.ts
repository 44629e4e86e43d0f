import * as openid from 'openid-client';
import { beforeAll, describe, expect, it } from 'vitest';
import { createBrowser } from '../../../test/browser.ts';
import { call, createTestApp } from '../../../test/harness.ts';
import { whileHeld } from '../../../test/held-rows.ts';
import { field, type Page, visit } from '../../../test/pages.ts';
import { createClient, requestToken, type TestClient } from '../../../test/protocol.ts';
import { hashSecret } from '../../kernel/secrets.ts';
import { DEVICE_CODE } from './policies/clients.ts';

const app = await createTestApp();
const ADA = { username: 'ada', password: 'Paper-lamp-4-river' };
let device: TestClient;
let userId: string;

beforeAll(async () => {
  device = await createClient(app, { type: 'Native', redirectUris: [], custom: { isDeviceFlow: true } });
  userId = (await app.modules.users.create(app.scope(), ADA)).id;
});

async function begin(client: Pick<TestClient, 'id'> = device) {
  const response = await fetch(`${app.origin}/oidc/device/auth`, {
    method: 'POST',
    body: new URLSearchParams({ client_id: client.id, scope: 'openid profile offline_access' }),
  });
  expect(response.status).toBe(200);
  return (await response.json()) as Record<string, string>;
}

const poll = (code: string | undefined, client = device) =>
  requestToken(app, client, { grant_type: DEVICE_CODE, device_code: code ?? '' });

const visitor = () => visit(app, createBrowser(app.origin));
const hidden = (page: Page) => ({ xsrf: field(page, 'xsrf') });

/** The user's part: opens the link, sees the code, confirms it and signs in. */
async function confirm(started: Record<string, string>, person = visitor()) {
  const entry = await person.open(started.verification_uri_complete ?? '');
  const asked = await person.submit(entry, '/device', { ...hidden(entry), user_code: field(entry, 'user_code') });
  const form = { ...hidden(asked), user_code: field(asked, 'user_code') };
  const signIn = await person.submit(asked, '/device', { ...form, confirm: 'yes' });
  return { entry, asked, form, signIn };
}

const signInAs = async (page: Page, person: ReturnType<typeof visitor>) =>
  person.submit(page, '/sign-in', { identifier: ADA.username, password: ADA.password });

describe('the device authorization grant (RFC 8628)', () => {
  it('connects a device through the hosted pages, without JavaScript', async () => {
    const started = await begin();
    expect(started).toMatchObject({ verification_uri: `${app.origin}/device`, expires_in: 600, interval: 5 });
    expect((await poll(started.device_code)).body.error).toBe('authorization_pending');

    const person = visitor();
    const { entry, asked, signIn } = await confirm(started, person);
    expect(entry.name).toBe('device');
    expect(field(entry, 'user_code')).toBe(started.user_code);
    expect(person.browser.cookie('_logto_device_flow_xsrf')).toBeTruthy();
    expect(asked.name).toBe('device-confirm');
    expect(asked.html).toContain(started.user_code);
    const done = await signInAs(signIn, person);
    expect(new URL(done.url).pathname).toBe('/device/success');
    expect(done.name).toBe('device-done');

    const tokens = await poll(started.device_code);
    expect(tokens.status).toBe(200);
    expect(tokens.body).toMatchObject({ token_type: 'Bearer', id_token: expect.any(String) });
    const refreshed = await requestToken(app, device, {
      grant_type: 'refresh_token',
      refresh_token: tokens.body.refresh_token,
    });
    expect(refreshed.status).toBe(200);
  });

  it('needs no second sign-in in a browser that is signed in', async () => {
    const person = visitor();
    const first = await confirm(await begin(), person);
    await signInAs(first.signIn, person);
    const started = await begin();
    expect((await confirm(started, person)).signIn.name).toBe('device-done');
    expect((await poll(started.device_code)).status).toBe(200);
  });

  it('knows the built-in demo client', async () => {
    const started = await begin({ id: 'device-demo-app' });
    expect(started.user_code).toMatch(/^[A-Z]{4}-[A-Z]{4}$/);
  });

  it('works with openid-client', async () => {
    const config = await openid.discovery(new URL(`${app.origin}/oidc`), device.id, undefined, openid.None(), {
      execute: [openid.allowInsecureRequests],
    });
    const started = await openid.initiateDeviceAuthorization(config, { scope: 'openid' });
    const person = visitor();
    await signInAs((await confirm(started as unknown as Record<string, string>, person)).signIn, person);
    const tokens = await openid.pollDeviceAuthorizationGrant(config, { ...started, interval: 0.01 });
    expect(tokens.claims()?.sub).toBe(userId);
  }, 30_000);
});

describe('refusals', () => {
  it('a page that says so, and no other session, for a code page of a session that is renewed meanwhile', async () => {
    const person = visitor();
    const first = await confirm(await begin(), person);
    await signInAs(first.signIn, person);
    const renewed = person.browser.cookie('_session');
    const id = hashSecret(renewed ?? '');
    // What a sign-in in another tab does, held between this request's look at the session and its writing.
    const sql = `update oidc_models set id = 'renewed' where model = 'Session' and id = $1`;
    const page = await whileHeld(app, { table: 'oidc_models', sql, params: [id] }, () =>
      person.browser.get(`${app.origin}/oidc/device`),
    );
    expect([page.status, await page.text()]).toEqual([400, expect.stringContaining('lk-page-session-lost')]);
    expect(person.browser.cookie('_session')).toBe(renewed);
  });

  it('slow_down for a device that asks again within the interval, and for all but one of many at once', async () => {
    const { device_code: code } = await begin();
    const answers = await Promise.all(Array.from({ length: 50 }, () => poll(code)));
    const errors = answers.map(({ body }) => body.error);
    expect(errors.filter((error) => error === 'authorization_pending')).toHaveLength(1);
    expect(errors.filter((error) => error === 'slow_down')).toHaveLength(49);
    app.advance(5_000);
    expect((await poll(code)).body.error).toBe('authorization_pending');
  });

  it('expired_token and an old code on the page after ten minutes', async () => {
    const started = await begin();
    // The engine reads the machine's own clock, which stays as it is.
    await app.world.database.pool.query(
      `update oidc_models set payload = jsonb_set(payload, '{exp}', '1700000000') where user_code = $1`,
      [started.user_code?.replace('-', '')],
    );
    expect((await poll(started.device_code)).body.error).toBe('expired_token');
    const person = visitor();
    const entry = await person.open(started.verification_uri_complete ?? '');
    const again = await person.submit(entry, '/device', { ...hidden(entry), user_code: started.user_code ?? '' });
    expect(again.name).toBe('device');
    expect(again.html).toContain('This code is wrong or too old');
  });

  it('says so for a code that nobody was given, and for none', async () => {
    const person = visitor();
    const entry = await person.open(`${app.origin}/device`);
    const wrong = await person.submit(entry, '/device', { ...hidden(entry), user_code: 'BBBB-BBBB' });
    expect(wrong.html).toContain('This code is wrong or too old');
    expect(field(wrong, 'user_code')).toBe('BBBB-BBBB');
    const none = await person.submit(wrong, '/device', { ...hidden(wrong), user_code: '' });
    expect(none.html).toContain('Please fill this in');
  });

  it('access_denied for the device when the user says no', async () => {
    const started = await begin();
    const person = visitor();
    const entry = await person.open(started.verification_uri_complete ?? '');
    const asked = await person.submit(entry, '/device', { ...hidden(entry), user_code: started.user_code ?? '' });
    const ended = await person.submit(asked, '/device', {
      ...hidden(asked),
      user_code: started.user_code ?? '',
      abort: 'yes',
    });
    expect(ended.html).toContain('The device was not connected');
    expect((await poll(started.device_code)).body.error).toBe('access_denied');
  });

  it('opens the page anew for a form that another page or another browser made', async () => {
    const started = await begin();
    const person = visitor();
    const entry = await person.open(started.verification_uri_complete ?? '');
    const forged = await person.submit(entry, '/device', { xsrf: 'x', user_code: started.user_code ?? '' });
    expect(forged.name).toBe('device');
    const stranger = await visitor().browser.post(`${app.origin}/oidc/device`, {
      ...hidden(entry),
      user_code: started.user_code ?? '',
      confirm: 'yes',
    });
    expect(stranger.status).toBe(303);
    expect(new URL(stranger.headers.get('location') ?? '').pathname).toBe('/oidc/device');
    expect((await poll(started.device_code)).body.error).toBe('authorization_pending');
  });

  it('keeps out whom the access rules of the application do not name, on the page and at the device', async () => {
    const closed = await createClient(app, { type: 'Native', redirectUris: [], custom: { isDeviceFlow: true } });
    await app.api('PATCH', `/api/applications/${closed.id}`, { appLevelAccessControlEnabled: true });
    const started = await begin(closed);
    const person = visitor();
    const refused = await signInAs((await confirm(started, person)).signIn, person);
    expect(refused.name).toBe('error');
    expect((await poll(started.device_code, closed)).body.error).toBe('access_denied');
  });

  it('invalid_request for an application that has a browser of its own', async () => {
    const web = await createClient(app, { type: 'SPA' });
    const answer = await fetch(`${app.origin}/oidc/device/auth`, {
      method: 'POST',
      body: new URLSearchParams({ client_id: web.id, scope: 'openid' }),
    });
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({
      error: 'invalid_request',
      error_description: expect.stringContaining('not allowed for this client'),
    });
  });

  it('404 for a page that the device flow does not have', async () => {
    expect((await call(`${app.origin}/device/other`, 'GET')).status).toBe(404);
  });
});

describe('50 at once', () => {
  it('redemptions of a device code: one wins, and the replay ends its tokens', async () => {
    const started = await begin();
    const person = visitor();
    await signInAs((await confirm(started, person)).signIn, person);
    const answers = await Promise.all(Array.from({ length: 50 }, () => poll(started.device_code)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    // What the table holds of a code redeems nothing.
    const { device_code: waiting = '' } = await begin();
    expect((await poll(`hash:${hashSecret(waiting)}`)).body.error).toBe('invalid_grant');
    const others = answers.filter(({ status }) => status !== 200);
    expect(others.every(({ status, body }) => status === 400 && body.error === 'invalid_grant')).toBe(true);
  });

  it('confirmations of one code by several people: one goes on to sign in', async () => {
    const started = await begin();
    const people = await Promise.all(
      Array.from({ length: 20 }, async () => {
        const person = visitor();
        const entry = await person.open(`${app.origin}/device`);
        return { person, form: { ...hidden(entry), user_code: started.user_code ?? '', confirm: 'yes' } };
      }),
    );
    const answers = await Promise.all(
      people.map(({ person, form }) => person.browser.post(`${app.origin}/oidc/device`, form)),
    );
    const onward = answers.filter(({ headers }) => headers.get('location')?.includes('/sign-in'));
    expect(onward).toHaveLength(1);
  });
});

// Last, because it uses up the address's codes and moves the clock.
describe('guesses', () => {
  it('takes 200 codes an hour from one address, guesses at once included, and is itself again after it', async () => {
    const person = visitor();
    const entry = await person.open(`${app.origin}/device`);
    const guess = () => person.browser.post(`${app.origin}/oidc/device`, { ...hidden(entry), user_code: 'BBBB-BBBB' });
    const statuses = (await Promise.all(Array.from({ length: 260 }, guess))).map(({ status }) => status);
    expect(statuses.filter((status) => status === 429).length).toBeGreaterThanOrEqual(59);
    // The page that was opened last is the one that can be sent.
    const typedAnew = async () => {
      const fresh = visitor();
      const shown = await fresh.open(`${app.origin}/device`);
      return fresh.browser.post(`${app.origin}/oidc/device`, { ...hidden(shown), user_code: 'BBBB-BBBB' });
    };
    const blocked = await typedAnew();
    expect(blocked.status).toBe(429);
    expect(await blocked.text()).toContain('Too many attempts');
    app.advance(3_600_001);
    expect((await typedAnew()).status).not.toBe(429);
  });
});
