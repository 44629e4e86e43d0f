import { beforeAll, expect, test } from 'vitest';
import { createBrowser } from '../../../test/browser.ts';
import { createTestApp } from '../../../test/harness.ts';
import {
  authorizationRequest,
  consentThrough,
  createClient,
  obtainTokens,
  redeemCode,
  requestToken,
  type TestClient,
} from '../../../test/protocol.ts';

const app = await createTestApp();
let web: TestClient;
let foreign: TestClient;

beforeAll(async () => {
  web = await createClient(app);
  foreign = await createClient(app, { isThirdParty: true });
});

let count = 0;
/** A user who is signed in to an application of the tenant's own and to one of a third party, by one session. */
async function signedIn() {
  const browser = createBrowser(app.origin);
  const user = await app.modules.users.create(app.scope(), { username: `session_${count++}` });
  const own = (await obtainTokens(app, web, user.id, { scope: 'openid offline_access' }, browser)).body;
  const request = authorizationRequest(app, foreign, { scope: 'openid offline_access' });
  const callback = await consentThrough(app, request, user.id, { browser });
  const theirs = (await redeemCode(app, foreign, request, callback)).body;
  const path = `/api/users/${user.id}`;
  const [session] = (await app.api('GET', `${path}/sessions`)).body.sessions;
  return { browser, user, own, theirs, path, session };
}

const refresh = (client: TestClient, tokens: { refresh_token: string }) =>
  requestToken(app, client, { grant_type: 'refresh_token', refresh_token: tokens.refresh_token });
/** What a silent authorization request of this browser answers. */
async function silently(browser: ReturnType<typeof createBrowser>) {
  const request = authorizationRequest(app, web, { prompt: 'none', scope: 'openid' });
  const { url } = await browser.follow(await browser.get(request.url), request.url);
  return new URL(url).searchParams;
}

test('a session shows where it is signed in, and never the value of its cookie', async () => {
  const { browser, user, path, session } = await signedIn();
  expect(session).toMatchObject({
    payload: { kind: 'Session', accountId: user.id, uid: expect.any(String) },
    accountId: user.id,
    clientId: web.id,
  });
  expect(Object.keys(session.payload.authorizations).sort()).toEqual([web.id, foreign.id].sort());
  expect(JSON.stringify(session)).not.toContain(browser.cookie('_session') ?? 'none');
  expect((await app.api('GET', `${path}/sessions/${session.payload.uid}`)).body).toEqual(session);
});

test('ending a session signs the browser out; tokens end as far as the target says', async () => {
  const kept = await signedIn();
  expect((await app.api('DELETE', `${kept.path}/sessions/${kept.session.payload.uid}`)).status).toBe(204);
  expect((await silently(kept.browser)).get('error')).toBe('login_required');
  expect((await refresh(web, kept.own)).status).toBe(200);

  const ownEnded = await signedIn();
  const target = `${ownEnded.path}/sessions/${ownEnded.session.payload.uid}?revokeGrantsTarget`;
  expect((await app.api('DELETE', `${target}=firstParty`)).status).toBe(204);
  expect((await refresh(web, ownEnded.own)).body.error).toBe('invalid_grant');
  expect((await refresh(foreign, ownEnded.theirs)).status).toBe(200);

  const allEnded = await signedIn();
  const all = `${allEnded.path}/sessions/${allEnded.session.payload.uid}?revokeGrantsTarget=all`;
  expect((await app.api('DELETE', all)).status).toBe(204);
  expect((await refresh(foreign, allEnded.theirs)).body.error).toBe('invalid_grant');
  expect((await app.api('DELETE', all)).status).toBe(404);
});

test('grants are listed by kind of application; a revoked one ends its tokens, the session stays', async () => {
  const { browser, own, theirs, path } = await signedIn();
  const { grants } = (await app.api('GET', `${path}/grants`)).body;
  expect(grants).toHaveLength(2);
  const [theirsGrant] = (await app.api('GET', `${path}/grants?appType=thirdParty`)).body.grants;
  expect(theirsGrant).toMatchObject({
    application: { id: foreign.id },
    payload: { kind: 'Grant', clientId: foreign.id },
  });
  expect((await app.api('DELETE', `${path}/grants/${theirsGrant.id}`)).status).toBe(204);
  expect((await refresh(foreign, theirs)).body.error).toBe('invalid_grant');
  const userInfo = await fetch(`${app.origin}/oidc/me`, {
    headers: { authorization: `Bearer ${theirs.access_token}` },
  });
  expect(userInfo.status).toBe(401);
  expect((await refresh(web, own)).status).toBe(200);
  expect((await silently(browser)).get('code')).toBeTruthy();
  expect((await app.api('DELETE', `${path}/grants/${theirsGrant.id}`)).status).toBe(404);
});

test('suspension ends sessions and grants of the user alone', async () => {
  const { browser, own, path } = await signedIn();
  const other = await signedIn();
  await app.api('PATCH', `${path}/is-suspended`, { isSuspended: true });
  expect((await app.api('GET', `${path}/sessions`)).body.sessions).toEqual([]);
  expect((await app.api('GET', `${path}/grants`)).body.grants).toEqual([]);
  expect((await refresh(web, own)).body.error).toBe('invalid_grant');
  expect((await silently(browser)).get('error')).toBe('login_required');
  expect((await refresh(web, other.own)).status).toBe(200);
});

test('another user’s session and grant are not found, 404 for an unknown user, 400 for an unknown target, 401 without a token', async () => {
  const { session, path } = await signedIn();
  const other = await signedIn();
  expect((await app.api('GET', `${other.path}/sessions/${session.payload.uid}`)).status).toBe(404);
  expect((await app.api('DELETE', `${other.path}/sessions/${session.payload.uid}`)).status).toBe(404);
  const [grant] = (await app.api('GET', `${path}/grants`)).body.grants;
  expect((await app.api('DELETE', `${other.path}/grants/${grant.id}`)).status).toBe(404);
  expect((await app.api('GET', '/api/users/nobody/sessions')).status).toBe(404);
  expect((await app.api('GET', '/api/users/nobody/grants')).status).toBe(404);
  expect((await app.api('DELETE', `${path}/sessions/${session.payload.uid}?revokeGrantsTarget=x`)).status).toBe(400);
  expect((await fetch(`${app.origin}${path}/sessions`)).status).toBe(401);
});
