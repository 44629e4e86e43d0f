// Threat class "SAML time and replay": Keycloak CVE-2026-1190; an answer counts for one request of one browser, once.
import { expect, it } from 'vitest';
import { pressSocial } from '../gitlab.ts';
import { createTestApp } from '../harness.ts';
import { startSignIn, visit } from '../pages.ts';
import { createClient } from '../protocol.ts';
import { connectSaml, postAnswer } from '../saml.ts';

const app = await createTestApp();
const client = await createClient(app);
const saml = await connectSaml(app);
const codeOf = (url: string) => new URL(url).searchParams.get('code');

async function leave() {
  const { visitor, page } = await startSignIn(app, client);
  return { visitor, uri: await pressSocial(visitor, page) };
}
const owner = (id: string) => app.modules.users.findByIdentity(app.scope(), 'acme', id);

it('of fifty copies of one answer, one is taken', async () => {
  const { uri } = await leave();
  const request = saml.idp.readRequest(uri);
  const fields = { SAMLResponse: saml.idp.answer(request), RelayState: request.relayState };
  const statuses = (await Promise.all(Array.from({ length: 50 }, () => postAnswer(saml.acs, fields)))).map(
    ({ status }) => status,
  );
  expect(statuses.filter((status) => status === 302)).toHaveLength(1);
  expect(statuses.filter((status) => status === 400)).toHaveLength(49);
});

it('of fifty returns with one answer, one is let in', async () => {
  const { visitor, uri } = await leave();
  const { location } = await saml.answer(uri, { nameId: 'racer' });
  const browsers = Array.from({ length: 50 }, () => visit(app, visitor.browser.clone()));
  const pages = await Promise.all(browsers.map((each) => each.open(location)));
  expect(pages.filter(({ url }) => codeOf(url))).toHaveLength(1);
});

it('an answer that has signed somebody in signs nobody in again', async () => {
  const first = await leave();
  const { location, SAMLResponse, request } = await saml.answer(first.uri, { nameId: 'once' });
  expect(codeOf((await first.visitor.open(location)).url)).toBeTruthy();
  expect((await postAnswer(saml.acs, { SAMLResponse, RelayState: request.relayState })).status).toBe(400);
  // Put under the state of another request, it still answers the first one.
  const second = await leave();
  const { relayState } = saml.idp.readRequest(second.uri);
  const moved = await postAnswer(saml.acs, { SAMLResponse, RelayState: relayState });
  const page = await second.visitor.open(moved.headers.get('location') ?? '');
  expect([page.name, page.status]).toEqual(['error', 401]);
});

it('an answer is of no use in a browser that has not asked for it', async () => {
  const { uri } = await leave();
  const { location } = await saml.answer(uri, { nameId: 'stolen' });
  const thief = (await startSignIn(app, client)).visitor;
  expect((await thief.open(location)).status).toBe(400);
  expect(await owner('stolen')).toBeUndefined();
});

it('an answer that has expired on the way is refused', async () => {
  const { visitor, uri } = await leave();
  const { location } = await saml.answer(uri, { nameId: 'late', notOnOrAfter: 60_000 });
  app.advance(3 * 60_000);
  const page = await visitor.open(location);
  expect([page.name, page.status]).toEqual(['error', 401]);
  expect(await owner('late')).toBeUndefined();
});
