// Threat class "login CSRF": a request that anybody can write signs nobody in to an account that they did not choose.
// Here by `google_one_tap_credential`, an ID token that an application brings along.
import type { JWTPayload } from 'jose';
import { beforeAll, expect, test } from 'vitest';
import { CLIENT_ID, credential, googleEgress, strangersKey } from '../google.ts';
import { createTestApp } from '../harness.ts';
import { action, field, startSignIn } from '../pages.ts';
import { createClient } from '../protocol.ts';

const app = await createTestApp({}, { egress: googleEgress });
const client = await createClient(app);
const oneTap = { isEnabled: true, autoSelect: true, closeOnTapOutside: true, itpSupport: true };

beforeAll(async () => {
  const config = { clientId: CLIENT_ID, clientSecret: 'secret', oneTap };
  expect((await app.api('POST', '/api/connectors', { connectorId: 'google-universal', config })).status).toBe(200);
  await app.api('PATCH', '/api/sign-in-exp', {
    socialSignInConnectorTargets: ['google'],
    signUp: { identifiers: [], password: false, verify: false },
  });
});

let people = 0;
const somebody = (): string => `20${++people}`;
const begin = (google_one_tap_credential: string) => startSignIn(app, client, { google_one_tap_credential });
const users = async () => (await app.api('GET', '/api/users')).body.length;
const isSignedIn = (url: string) => url.startsWith(client.redirectUri) && new URL(url).searchParams.has('code');

test('a credential in a request signs nobody in: the account is named, and only the form of this browser agrees', async () => {
  const before = await users();
  const { visitor, page } = await begin(await credential({ sub: somebody() }));
  expect(page.name).toBe('one-tap');
  const target = new URL(action(page, '/one-tap') ?? '', page.url).href;
  const forged = await visitor.browser.post(target, { csrf: 'guessed', decision: 'accept' });
  expect(forged.status).toBe(403);
  const other = await begin(await credential({ sub: somebody() }));
  const moved = await other.visitor.browser.post(target, { csrf: field(page, 'csrf'), decision: 'accept' });
  expect(moved.status).toBe(403);
  expect(await users()).toBe(before);
});

test.each<[string, JWTPayload, Parameters<typeof credential>[1]?]>([
  ['is signed by somebody else', {}, { key: strangersKey }],
  ['is for another client', { aud: 'another-client', azp: 'another-client' }],
  ['was issued to another client', { azp: 'another-client' }],
  ['comes from another issuer', { iss: 'https://accounts.google.example' }],
  ['has expired', { exp: Math.floor(Date.now() / 1000) - 3600 }],
])(
  'a credential that %s names nobody: the ordinary page is shown, and the trail tells',
  async (_title, change, options) => {
    const sub = somebody();
    const { page } = await begin(await credential({ sub, ...change }, options));
    expect(page).toMatchObject({ status: 200, name: 'sign-in' });
    expect(page.html).not.toContain(`${sub}@example.com`);
    const { body } = await app.api('GET', '/api/logs?logKey=Interaction.SignIn.Verification.Social.Submit');
    expect(body[0].payload).toMatchObject({ result: 'Error', error: expect.stringMatching(/^connector\./) });
  },
);

test('a credential counts once, of fifty tries in fifty browsers', async () => {
  const sub = somebody();
  const own = await credential({ sub });
  const begun = await Promise.all(Array.from({ length: 50 }, () => begin(own)));
  const ends = await Promise.all(
    begun.map(({ visitor, page }) => visitor.submit(page, '/one-tap', { decision: 'accept' })),
  );
  expect(ends.filter(({ url }) => isSignedIn(url))).toHaveLength(1);
  expect(ends.filter(({ status }) => status === 401)).toHaveLength(49);
});
