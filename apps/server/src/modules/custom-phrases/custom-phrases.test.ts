import { expect, test } from 'vitest';
import { call, createTestApp } from '../../../test/harness.ts';

const app = await createTestApp();
const path = '/api/custom-phrases';
const shown = async (language: string) =>
  (await call(`${app.origin}/api/.well-known/phrases?lng=${language}`, 'GET')).body.signIn.title;

test('200 with nothing at first, 404 for a language that nobody changed', async () => {
  expect(await app.api('GET', path)).toMatchObject({ status: 200, body: [] });
  expect((await app.api('GET', `${path}/en`)).status).toBe(404);
  expect((await app.api('DELETE', `${path}/en`)).status).toBe(404);
});

test('201 changes what the pages say, and replacing it takes the rest back', async () => {
  const answer = await app.api('PUT', `${path}/en`, { signIn: { title: 'Step inside' } });
  expect(answer).toMatchObject({
    status: 201,
    body: { tenantId: 'default', languageTag: 'en', translation: { signIn: { title: 'Step inside' } } },
  });
  expect(await shown('en')).toBe('Step inside');
  const again = await app.api('PUT', `${path}/en`, { signIn: { submit: 'Go' } });
  expect(again.body.id).toBe(answer.body.id);
  expect(await shown('en')).toBe('Sign in');
});

test('a language without built-in texts becomes one the pages speak, in English where it is silent', async () => {
  await app.api('PUT', `${path}/nl`, { signIn: { title: 'Inloggen' } });
  const answer = await call(`${app.origin}/api/.well-known/phrases?lng=nl-BE`, 'GET');
  expect(answer.headers.get('content-language')).toBe('nl');
  expect(answer.body.signIn).toMatchObject({ title: 'Inloggen', noAccount: 'New here?' });
  const settings = { languageInfo: { autoDetect: true, fallbackLanguage: 'nl' } };
  expect((await app.api('PATCH', '/api/sign-in-exp', settings)).status).toBe(200);
});

test('409 for the fallback language, 204 for another', async () => {
  expect(await app.api('DELETE', `${path}/nl`)).toMatchObject({
    status: 409,
    body: { code: 'localization.cannot_delete_default_language' },
  });
  expect((await app.api('DELETE', `${path}/en`)).status).toBe(204);
  expect((await app.api('GET', path)).body.map((row: { languageTag: string }) => row.languageTag)).toEqual(['nl']);
});

test('422 names texts that no page would show; nothing is stored', async () => {
  expect(await app.api('PUT', `${path}/fr`, { signIn: { tilte: 'x' }, other: 'y' })).toMatchObject({
    status: 422,
    body: { code: 'localization.invalid_translation_structure', details: 'signIn.tilte\nother' },
  });
  expect((await app.api('GET', `${path}/fr`)).status).toBe(404);
});

test('400 for what is no language and for what is no text', async () => {
  expect((await app.api('PUT', `${path}/english`, {})).status).toBe(400);
  expect((await app.api('PUT', `${path}/en`, { signIn: { title: 7 } })).status).toBe(400);
});

test('another tenant’s pages are not touched', async () => {
  await app.modules.tenants.create({ id: 'neighbour', name: 'The neighbour' });
  await app.api('PUT', `${path}/en`, { signIn: { title: 'Step inside' } });
  const answer = await call(`${app.origin}/t/neighbour/api/.well-known/phrases?lng=en`, 'GET');
  expect(answer.body.signIn.title).toBe('Sign in');
});
