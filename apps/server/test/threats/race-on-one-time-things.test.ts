// Threat class "race on one-time things": better-auth 1.6.17; RFC 6749 §4.1.2, RFC 9700 §4.14.
import { beforeAll, describe, expect, test } from 'vitest';
import { transaction } from '../../src/kernel/scope.ts';
import { ADMIN_TENANT } from '../../src/kernel/tenancy.ts';
import { readInteractions } from '../../src/modules/oidc/index.ts';
import { createBrowser } from '../browser.ts';
import { createTestApp } from '../harness.ts';
import {
  authorizationRequest,
  createClient,
  obtainTokens,
  requestToken,
  signInThrough,
  type TestClient,
} from '../protocol.ts';

const app = await createTestApp();
const TIMES = 50;
const inParallel = <Result>(work: () => Promise<Result>): Promise<Result[]> =>
  Promise.all(Array.from({ length: TIMES }, work));
let web: TestClient;
let spa: TestClient;
let userId: string;

beforeAll(async () => {
  web = await createClient(app);
  spa = await createClient(app, { type: 'SPA' });
  userId = (await app.modules.users.create(app.scope(), { username: 'ada' })).id;
});

const userInfo = (token: string) =>
  fetch(`${app.origin}/oidc/me`, { headers: { authorization: `Bearer ${token}` } }).then(({ status }) => status);
const refresh = (client: TestClient, token: string) =>
  requestToken(app, client, { grant_type: 'refresh_token', refresh_token: token });

describe(`${TIMES} at once`, () => {
  test.each(['web', 'spa'] as const)(
    'redemptions of a code by a %s client: one wins, and the replay ends its tokens',
    async (kind) => {
      const client = { web, spa }[kind];
      const request = authorizationRequest(app, client);
      const callback = await signInThrough(app, request, userId);
      const answers = await inParallel(() =>
        requestToken(app, client, {
          grant_type: 'authorization_code',
          code: callback.searchParams.get('code') ?? '',
          redirect_uri: client.redirectUri,
          code_verifier: request.verifier,
        }),
      );
      const winners = answers.filter(({ status }) => status === 200);
      expect(winners).toHaveLength(1);
      const others = answers.filter(({ status }) => status !== 200);
      expect(others.every(({ status, body }) => status === 400 && body.error === 'invalid_grant')).toBe(true);
      // RFC 6749 §4.1.2: what came of a code that is shown twice should be revoked.
      expect(await userInfo(winners[0]?.body.access_token)).toBe(401);
      expect((await refresh(client, winners[0]?.body.refresh_token)).body.error).toBe('invalid_grant');
    },
  );

  test('uses of a rotating refresh token: one successor within the grace, the family ends after it', async () => {
    const { refresh_token: spent } = (await obtainTokens(app, spa, userId)).body;
    const answers = await inParallel(() => refresh(spa, spent));
    const successors = new Set(answers.filter(({ status }) => status === 200).map(({ body }) => body.refresh_token));
    expect(successors.size).toBe(1);
    const [successor] = successors;
    app.advance(4_000);
    const replays = await inParallel(() => refresh(spa, spent));
    expect(replays.every(({ body }) => body.error === 'invalid_grant')).toBe(true);
    expect((await refresh(spa, successor)).body.error).toBe('invalid_grant');
  });

  test('returns of one sign-in: one has a code, and the others land on a page that says what to do', async () => {
    let browser = createBrowser(app.origin);
    // The second time there is a session, whose id each of them would renew.
    for (const prompt of [undefined, 'login']) {
      await browser.get(authorizationRequest(app, spa, { prompt, scope: 'openid' }).url);
      const id = readInteractions(`_interaction=${browser.cookie('_interaction')}`, '_interaction')[spa.id] ?? '';
      const next = await app.modules.oidc.api.interactions.signIn(app.scope(), id, userId, { consented: true });
      const tabs = await inParallel(async () => {
        const tab = browser.clone();
        return { tab, answer: await tab.get(next) };
      });
      const codeOf = ({ headers }: Response) => new URL(headers.get('location') ?? app.origin).searchParams.get('code');
      const winners = tabs.filter(({ answer }) => codeOf(answer));
      expect(winners).toHaveLength(1);
      const others = tabs.filter(({ answer }) => !codeOf(answer)).map(({ answer }) => answer);
      expect(new Set(others.map(({ status }) => status))).toEqual(new Set([400]));
      expect(others.some(({ headers }) => headers.get('set-cookie')?.includes('_session='))).toBe(false);
      const pages = await Promise.all(others.map((answer) => answer.text()));
      expect(pages.every((page) => page.includes('lk-page-session-lost'))).toBe(true);
      browser = winners[0]?.tab ?? browser;
    }
  });

  test('spendings of a set-up link: one wins', async () => {
    const scope = app.scope(ADMIN_TENANT);
    const link = await app.modules.tenants.links.issue(scope, 'setup');
    const outcomes = await Promise.allSettled(
      Array.from({ length: TIMES }, () =>
        transaction(scope, (tx) => app.modules.tenants.links.spend(tx, link, 'setup')),
      ),
    );
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await app.modules.tenants.links.find(scope, link)).toBeUndefined();
  });

  test('edits of a user’s roles: whole sets, one of them whole in the end, and additions lose nothing', async () => {
    const roleIds = await Promise.all(
      Array.from({ length: 6 }, async (_, at) => {
        const role = { name: `parallel-${at}`, description: 'edited in parallel' };
        return (await app.api('POST', '/api/roles', role)).body.id as string;
      }),
    );
    const path = `/api/users/${userId}/roles`;
    const sets = [roleIds.slice(0, 3), roleIds.slice(3)];
    const held = async () => (await app.api('GET', path)).body.map(({ id }: { id: string }) => id).sort();
    let turn = 0;
    const replaced = await inParallel(() => app.api('PUT', path, { roleIds: sets[turn++ % 2] }));
    expect(replaced.filter(({ status }) => status === 200)).toHaveLength(TIMES);
    expect(sets.map((set) => [...set].sort())).toContainEqual(await held());
    await app.api('PUT', path, { roleIds: [] });
    const added = await Promise.all(roleIds.map((roleId) => app.api('POST', path, { roleIds: [roleId] })));
    expect(added.map(({ status }) => status)).toEqual(roleIds.map(() => 201));
    expect(await held()).toEqual([...roleIds].sort());
  });

  test('creations of one username: one wins, the others learn that it is taken', async () => {
    const answers = await inParallel(() => app.api('POST', '/api/users', { username: 'grace' }));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    const others = answers.filter(({ status }) => status !== 200);
    expect(others.every(({ status, body }) => status === 422 && body.code === 'user.username_already_in_use')).toBe(
      true,
    );
  });
});
