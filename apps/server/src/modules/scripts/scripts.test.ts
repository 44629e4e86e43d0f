import { decodeJwt } from 'jose';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { z } from 'zod';
import { startExperience } from '../../../test/experience.ts';
import { createTestApp } from '../../../test/harness.ts';
import { createOrganization, createResource, giveRole } from '../../../test/organizations.ts';
import { createClient, obtainTokens, requestToken, type TestClient } from '../../../test/protocol.ts';
import { scriptArguments } from './script-arguments.ts';

const app = await createTestApp();
const API = 'https://billing.example.com';
const CLAIMS = '/api/configs/jwt-customizer';
const ACTION = '/api/configs/actions/action.postSignIn';
let web: TestClient;
let userId: string;
let refreshToken: string;

beforeAll(async () => {
  web = await createClient(app, { custom: { allowTokenExchange: true } });
  userId = (await app.modules.users.create(app.scope(), { username: 'lena', customData: { plan: 'gold' } })).id;
  const { scopeIds } = await createResource(app, API, ['pay']);
  await giveRole(app, userId, [scopeIds.pay ?? '']);
  const scope = 'openid offline_access urn:logto:scope:organizations pay';
  refreshToken = (await obtainTokens(app, web, userId, { scope, resource: API })).body.refresh_token;
});

afterEach(async () => {
  for (const path of ['access-token', 'client-credentials']) await app.api('DELETE', `${CLAIMS}/${path}`);
});

const set = (body: object, path = 'access-token') => app.api('PUT', `${CLAIMS}/${path}`, body);
const script = (body: string) =>
  `const getCustomJwtClaims = async ({ token, context, environmentVariables, api }) => { ${body} };`;
const token = (extra: Record<string, string> = {}) =>
  requestToken(app, web, { grant_type: 'refresh_token', refresh_token: refreshToken, resource: API, ...extra });
const claims = async (extra?: Record<string, string>) => decodeJwt((await token(extra)).body.access_token);

describe('the script for users’ tokens', () => {
  test('adds claims made of the user, the application, the organization and its variables', async () => {
    const organization = await createOrganization(app, { name: 'Acme', users: [userId] });
    await set({
      script: script(`return {
        plan: context.user.customData.plan,
        roles: context.user.roles.flatMap((role) => role.scopes.map((scope) => scope.resource.indicator + '#' + scope.name)),
        app: context.application.name,
        org: context.organization?.name,
        orgRoles: context.user.organizationRoles.length,
        region: environmentVariables.region,
        kind: token.kind,
        hasSecrets: 'secrets' in context.application || 'passwordDigest' in context.user,
      };`),
      environmentVariables: { region: 'eu' },
    });
    expect(await claims()).toMatchObject({
      sub: userId,
      aud: API,
      plan: 'gold',
      roles: [`${API}#pay`],
      app: 'Test Traditional',
      orgRoles: 1,
      region: 'eu',
      kind: 'AccessToken',
      hasSecrets: false,
    });
    expect(await claims({ organization_id: organization.id })).toMatchObject({
      organization_id: organization.id,
      org: 'Acme',
    });
  });

  test('cannot change the standard’s own claims', async () => {
    await set({ script: script(`return { sub: 'root', aud: 'else', iss: 'me', exp: 1, scope: 'all', extra: 1 };`) });
    expect(await claims()).toMatchObject({ sub: userId, aud: API, iss: `${app.origin}/oidc`, scope: 'pay', extra: 1 });
  });

  test('403 access_denied when it denies, with its words; the refusal is in the audit trail', async () => {
    await set({ script: script(`api.denyAccess('no plan, no token');`) });
    expect(await token()).toMatchObject({
      status: 403,
      body: { error: 'access_denied', error_description: 'no plan, no token' },
    });
    const { rows } = await app.world.database
      .forTenant('default')
      .execute(`select payload from audit_logs where key = 'JwtCustomizer.AccessToken' order by created_at desc`);
    expect(rows[0]?.payload).toMatchObject({ userId, applicationId: web.id, reason: 'denied' });
  });

  test('one that fails stops the token, unless the tenant wants it otherwise', async () => {
    const broken = script(`throw new Error('down');`);
    await set({ script: broken });
    const refused = await token();
    expect(refused).toMatchObject({ status: 400, body: { code: 'oidc.custom_claims_script_error' } });
    expect(JSON.stringify(refused.body)).not.toContain('down');
    await set({ script: broken, blockIssuanceOnError: false });
    expect((await token()).status).toBe(200);
    await set({ script: script(`return 'not an object';`) });
    expect((await token()).status).toBe(400);
  });

  test('is told of token exchange', async () => {
    await set({
      script: script(`return { ticket: context.grant.subjectTokenContext.ticket, type: context.grant.type };`),
    });
    const { subjectToken } = (await app.api('POST', '/api/subject-tokens', { userId, context: { ticket: 42 } })).body;
    const { body } = await requestToken(app, web, {
      grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
      subject_token: subjectToken,
      subject_token_type: 'urn:logto:token-type:impersonation_token',
      resource: API,
    });
    expect(decodeJwt(body.access_token)).toMatchObject({
      ticket: 42,
      type: 'urn:ietf:params:oauth:grant-type:token-exchange',
    });
  });
});

test('the script for machines’ tokens is told of the application', async () => {
  await set({ script: script(`return { name: context.application.name, kind: token.kind };`) }, 'client-credentials');
  const machine = await app.modules.applications.create(app.scope(), { name: 'Robot', type: 'MachineToMachine' });
  const [secret] = await app.modules.applications.listSecrets(app.scope(), machine.id);
  const { body } = await requestToken(
    app,
    { id: machine.id, secret: secret?.value, redirectUri: '' },
    { grant_type: 'client_credentials', resource: API },
  );
  expect(decodeJwt(body.access_token)).toMatchObject({ name: 'Robot', kind: 'ClientCredentials' });
});

describe('the operations for claims', () => {
  test('201 sets, 200 replaces, changes and lists, 204 deletes; the variables are sealed', async () => {
    const body = { script: script('return {};'), environmentVariables: { key: 'very-secret-value' } };
    expect(await set(body)).toMatchObject({ status: 201, body });
    expect((await set(body)).status).toBe(200);
    expect((await app.api('GET', `${CLAIMS}/access-token`)).body).toEqual(body);
    const patched = await app.api('PATCH', `${CLAIMS}/access-token`, { blockIssuanceOnError: false });
    expect(patched.body).toEqual({ ...body, blockIssuanceOnError: false });
    expect((await app.api('GET', CLAIMS)).body).toMatchObject([{ key: 'jwt.accessToken' }]);
    const { rows } = await app.world.database
      .forTenant('default')
      .execute('select scripts::text as row from scripts union all select payload::text from audit_logs');
    expect(JSON.stringify(rows)).not.toContain('very-secret-value');
    expect((await app.api('DELETE', `${CLAIMS}/access-token`)).status).toBe(204);
    expect((await app.api('GET', `${CLAIMS}/access-token`)).status).toBe(404);
    expect((await app.api('PATCH', `${CLAIMS}/access-token`, {})).status).toBe(404);
    expect((await app.api('DELETE', `${CLAIMS}/access-token`)).status).toBe(404);
  });

  test('the trial answers claims, or says by its status and its console what went wrong', async () => {
    const attempt = (source: string) =>
      app.api('POST', `${CLAIMS}/test`, {
        tokenType: 'access-token',
        script: source,
        token: {},
        context: { user: { id: 'u' } },
      });
    expect(await attempt(script('return { id: context.user.id };'))).toMatchObject({ status: 200, body: { id: 'u' } });
    expect((await attempt('const x = ;')).status).toBe(422);
    expect((await attempt('const other = 1;')).status).toBe(422);
    expect((await attempt(script('return 5;'))).status).toBe(400);
    expect((await attempt(script('api.denyAccess("no");'))).status).toBe(403);
    const thrown = await attempt(script('console.log("before", { a: 1 }); throw new Error("boom");'));
    expect(thrown.status).toBe(500);
    expect(thrown.body).toMatchObject({
      code: 'jwt_customizer.failed',
      data: { reason: 'runtime', console: ['log: before {"a":1}'] },
    });
    expect(thrown.body.details).toContain('boom (script.js:1');
    expect((await app.api('POST', `${CLAIMS}/test`, {})).status).toBe(400);
    expect((await fetch(`${app.origin}${CLAIMS}/test`, { method: 'POST' })).status).toBe(401);
  });
});

describe('actions', () => {
  const named = (value: string) => ({ type: 'username', value });
  const signIn = async (username: string, password: string) => {
    const page = await startExperience(app, web);
    await page.call('PUT', '/experience', { interactionEvent: 'SignIn' });
    const proof = await page.call('POST', '/experience/verification/password', {
      identifier: named(username),
      password,
    });
    if (proof.status !== 200) return proof;
    await page.call('POST', '/experience/identification', { verificationId: proof.body.verificationId });
    return page.call('POST', '/experience/submit');
  };
  const act = (slot: string, body: string, extra: object = {}) =>
    app.api('PUT', `/api/configs/actions/action.${slot}`, {
      script: `const runAction = ({ event, environmentVariables }) => { ${body} };`,
      ...extra,
    });

  test('bring an account over from elsewhere at its first sign-in; the script is not asked again', async () => {
    await act(
      'postFirstFactorVerification',
      `if (event.password !== 'Right-lamp-7-moon') return;
       return { action: event.user ? 'updateUser' : 'createUser', passwordVerified: true, user: { name: 'From elsewhere' } };`,
    );
    expect((await signIn('migrated', 'Wrong-lamp-7-moon')).status).toBe(422);
    expect((await signIn('migrated', 'Right-lamp-7-moon')).status).toBe(200);
    await app.api('DELETE', '/api/configs/actions/action.postFirstFactorVerification');
    expect((await signIn('migrated', 'Right-lamp-7-moon')).status).toBe(200);
    const [user] = (await app.api('GET', '/api/users?search.username=migrated')).body;
    expect(user).toMatchObject({ username: 'migrated', name: 'From elsewhere' });
  });

  test('change the user at the end of a sign-in, and stop it when they fail, unless the tenant allows that', async () => {
    const password = 'Paper-lamp-4-river';
    const user = await app.modules.users.create(app.scope(), { username: 'patched', password, customData: { a: 1 } });
    await act('postSignIn', `return { action: 'updateUser', user: { customData: { seen: event.user.username } } };`);
    expect((await signIn('patched', password)).status).toBe(200);
    expect((await app.api('GET', `/api/users/${user.id}`)).body.customData).toEqual({ a: 1, seen: 'patched' });
    await act('postSignIn', `throw new Error('down');`);
    expect(await signIn('patched', password)).toMatchObject({ status: 422, body: { code: 'action.stopped' } });
    await act('postSignIn', `throw new Error('down');`, { onExecutionError: 'allow' });
    expect((await signIn('patched', password)).status).toBe(200);
    await app.api('DELETE', ACTION);
  });

  test('are kept and tried out like the scripts for claims', async () => {
    const body = { script: 'const runAction = ({ event }) => event;', onExecutionError: 'allow', enabled: true };
    expect(await app.api('PUT', ACTION, body)).toMatchObject({ status: 201, body });
    expect((await app.api('PATCH', ACTION, { enabled: false })).body).toEqual({ ...body, enabled: false });
    expect((await app.api('GET', '/api/configs/actions')).body).toMatchObject([{ key: 'action.postSignIn' }]);
    const attempt = (script: string) =>
      app.api('POST', '/api/configs/actions/test', { actionType: 'action.postSignIn', event: { a: 1 }, script });
    expect(await attempt(body.script)).toMatchObject({ status: 200, body: { a: 1 } });
    expect((await attempt('const runAction = () => {};')).status).toBe(204);
    expect((await attempt('const runAction = () => x;')).status).toBe(500);
    expect((await attempt('nonsense here')).status).toBe(422);
    expect((await app.api('DELETE', ACTION)).status).toBe(204);
    expect((await app.api('GET', ACTION)).status).toBe(404);
    expect((await app.api('GET', '/api/configs/actions/action.unknown')).status).toBe(400);
  });
});

describe('what an editor needs', () => {
  const slot = (name: string) => `/api/configs/scripts/${name}`;
  const run = (source: string, argument: object = { token: {}, context: {} }) =>
    app.api('POST', `${slot('jwt.accessToken')}/run`, {
      script: source,
      environmentVariables: { region: 'eu' },
      argument,
    });

  test('200 with the function, the argument and a sample of each slot; 400 for another', async () => {
    for (const [name, argument] of Object.entries(scriptArguments)) {
      const { status, body } = await app.api('GET', slot(name));
      expect(status).toBe(200);
      expect(argument.parse(body.sample)).toEqual(body.sample);
      expect(Object.keys(body.argument.properties)).toEqual(Object.keys(body.sample));
    }
    const { body } = await app.api('GET', slot('jwt.accessToken'));
    expect(body.entry).toBe('getCustomJwtClaims');
    expect(body.argument.properties.context.properties.user.properties.customData.description).toContain('keep');
    expect((await app.api('GET', slot('jwt.unknown'))).status).toBe(400);
    expect((await fetch(`${app.origin}${slot('jwt.accessToken')}`)).status).toBe(401);
  });

  test('scripts are told what the declaration says, and no more of the user', async () => {
    const whole = <Schema extends z.ZodType>(schema: Schema, given: string) => {
      const told = JSON.parse(given);
      return { told, parsed: schema.parse(told) };
    };
    await set({ script: script('return { given: JSON.stringify({ token, context }) };') });
    const claimsGiven = whole(scriptArguments['jwt.accessToken'], String((await claims()).given));
    expect(claimsGiven.parsed.token).toEqual(claimsGiven.told.token);
    expect(claimsGiven.parsed.context.user).toEqual(claimsGiven.told.context.user);
    expect(claimsGiven.parsed.context.user.roles[0]?.scopes[0]?.resource.indicator).toBe(API);

    const password = 'Paper-lamp-4-river';
    const { id } = await app.modules.users.create(app.scope(), { username: 'told', password });
    const source =
      "const runAction = ({ event }) => ({ action: 'updateUser', user: { customData: { given: JSON.stringify({ event }) } } });";
    await app.api('PUT', ACTION, { script: source });
    const page = await startExperience(app, web);
    await page.call('PUT', '/experience', { interactionEvent: 'SignIn' });
    const proof = await page.call('POST', '/experience/verification/password', {
      identifier: { type: 'username', value: 'told' },
      password,
    });
    await page.call('POST', '/experience/identification', { verificationId: proof.body.verificationId });
    await page.call('POST', '/experience/submit');
    await app.api('DELETE', ACTION);
    const { customData } = (await app.api('GET', `/api/users/${id}`)).body;
    const actionGiven = whole(scriptArguments['action.postSignIn'], customData.given);
    expect(actionGiven.parsed).toEqual(actionGiven.told);
  });

  test('200 with what came of a run: a value, a refusal, or where it failed; with its console and its time', async () => {
    const returned = await run(script("console.warn('seen', token); return { region: environmentVariables.region };"));
    expect(returned).toMatchObject({
      status: 200,
      body: { outcome: { kind: 'value', value: { region: 'eu' } }, console: ['warn: seen {}'] },
    });
    expect(returned.body.durationMs).toBeGreaterThanOrEqual(0);
    expect((await run(script(''))).body.outcome).toEqual({ kind: 'value' });
    expect((await run(script("api.denyAccess('no plan');"))).body.outcome).toEqual({
      kind: 'denied',
      message: 'no plan',
    });
    expect(
      (await run("const getCustomJwtClaims = () => {\n  throw new Error('boom');\n};")).body.outcome,
    ).toMatchObject({
      kind: 'failed',
      reason: 'runtime',
      place: { line: 2 },
    });
    expect((await run('const fine = 1;\nconst x = ;')).body.outcome).toMatchObject({
      reason: 'syntax',
      place: { line: 2 },
    });
    expect((await run('const other = 1;')).body.outcome).toMatchObject({ reason: 'entry' });
  });

  test('400 without an argument, 401 without a token', async () => {
    expect((await app.api('POST', `${slot('jwt.accessToken')}/run`, { script: 'x' })).status).toBe(400);
    const anonymous = await fetch(`${app.origin}${slot('jwt.accessToken')}/run`, { method: 'POST' });
    expect(anonymous.status).toBe(401);
  });
});
