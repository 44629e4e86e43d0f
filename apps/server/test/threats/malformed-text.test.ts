// Threat class "error leakage": texts that no database keeps, and names that JavaScript's objects have of themselves.
import { expect, test } from 'vitest';
import { startExperience } from '../experience.ts';
import { call, createTestApp } from '../harness.ts';
import { createClient } from '../protocol.ts';
import { createUploader } from '../uploads.ts';

const app = await createTestApp();
const client = await createClient(app);
/** As JSON writes them: a null byte, and halves of surrogate pairs. */
const BROKEN = ['a\\u0000b', '\\ud800', 'x\\udfff'];

test.each(BROKEN)('400 for %s in a body, in every place, and nothing is half written', async (text) => {
  const bodies: [string, string][] = [
    ['/api/users', `{"name":"${text}"}`],
    ['/api/users', `{"customData":{"${text}":1}}`],
    ['/api/roles', `{"name":"${text}","description":"x"}`],
    ['/api/organizations', `{"name":"${text}"}`],
    ['/api/applications', `{"name":"${text}","type":"SPA"}`],
    ['/api/resources', `{"name":"${text}","indicator":"https://broken.example"}`],
  ];
  for (const [path, body] of bodies) {
    const before = (await app.api('GET', `${path}?page_size=1`)).headers.get('total-number');
    const answer = await app.api('POST', path, body);
    expect([path, answer.status, answer.body.code]).toEqual([path, 400, 'guard.invalid_input']);
    expect((await app.api('GET', `${path}?page_size=1`)).headers.get('total-number')).toBe(before);
  }
  const page = await startExperience(app, client);
  await page.call('PUT', '/experience', { interactionEvent: 'SignIn' });
  const identifier = { type: 'username', value: JSON.parse(`"${text}"`) };
  const signIn = await page.call('POST', '/experience/verification/password', { identifier, password: 'x' });
  expect([400, 422]).toContain(signIn.status);
});

test.each([
  '/api/.well-known/sign-in-exp?organizationId=%00',
  '/api/saml-applications/%00/metadata',
  '/api/.well-known/phrases?lng=%00',
  '/oidc/auth?client_id=%00',
  '/oidc/auth?client_id=%ED%A0%80',
  '/sign-in?app_id=%00',
  '/sign-in?app_id=__proto__',
  '/sign-in?app_id=constructor',
  '/direct/social/%00?fallback=__proto__',
  '/callback/%00?state=__proto__',
  '/invitation?token=%00',
  '/mfa-recovery?token=%00',
  '/uploads/__proto__',
  '/.well-known/__proto__',
  '/%',
])('no fault of the server’s for %s, by whoever asks', async (path) => {
  const answer = await call(app.origin + path, 'GET', undefined, {
    accept: 'text/html',
    'accept-language': '__proto__',
  });
  expect(answer.status).toBeLessThan(500);
});

test.each(['/api/users/%00', '/api/users?search=%00', '/api/users?before=%00', '/api/logs?userId=%00'])(
  '400 or 404 for %s',
  async (path) => expect([400, 404]).toContain((await app.api('GET', path)).status),
);

test('a flow is found by its application’s id, and by no name that every object has', async () => {
  const page = await startExperience(app, client);
  for (const id of ['__proto__', 'constructor', 'toString']) {
    const answer = await page.call('GET', '/experience/interaction', undefined, { 'logto-app-id': id });
    expect([id, answer.status]).toEqual([id, 400]);
  }
});

test('a file of one’s own pages is of a kind that the server knows, by its own list', async () => {
  const { zipSync, strToU8 } = await import('fflate');
  const { customUi } = await createUploader(app);
  const archive = zipSync({ 'index.html': strToU8('<p>'), 'a.constructor': strToU8('x') });
  expect(await customUi(archive)).toMatchObject({ status: 422, body: { code: 'storage.invalid_archive' } });
});
