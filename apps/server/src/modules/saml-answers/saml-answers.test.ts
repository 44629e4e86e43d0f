import { describe, expect, it } from 'vitest';
import { startExperience } from '../../../test/experience.ts';
import { pressSocial } from '../../../test/gitlab.ts';
import { call, createTestApp } from '../../../test/harness.ts';
import { startSignIn } from '../../../test/pages.ts';
import { createClient } from '../../../test/protocol.ts';
import { connectSaml, postAnswer } from '../../../test/saml.ts';

const app = await createTestApp();
const client = await createClient(app);
const saml = await connectSaml(app);
const codeOf = (url: string) => new URL(url).searchParams.get('code');

/** Leaves for the provider from the first page. */
async function leave() {
  const { visitor, page } = await startSignIn(app, client);
  return { visitor, uri: await pressSocial(visitor, page) };
}

describe('POST /api/authn/saml/{connectorId}', () => {
  it('302 back to the sign-in, which goes on to the application with a new account', async () => {
    const { visitor, uri } = await leave();
    const attributes = { email: 'mary@acme.example', name: 'Mary' };
    const { response, location, request } = await saml.answer(uri, { nameId: 'mary', attributes });
    expect(response.status).toBe(302);
    expect(location).toBe(`${app.origin}/callback/${saml.connectorId}?state=${request.relayState}`);
    expect(codeOf((await visitor.open(location)).url)).toBeTruthy();
    const user = await app.modules.users.findByIdentity(app.scope(), 'acme', 'mary');
    expect(user).toMatchObject({ name: 'Mary', primaryEmail: 'mary@acme.example' });
  });

  it('302 on to a page that refuses what the provider has not signed', async () => {
    const { visitor, uri } = await leave();
    const { location } = await saml.answer(uri, { nameId: 'forged', signed: 'none' });
    const page = await visitor.open(location);
    expect([page.name, page.status]).toEqual(['error', 401]);
    expect(await app.modules.users.findByIdentity(app.scope(), 'acme', 'forged')).toBeUndefined();
  });

  it('400 for an answer that nobody has asked for', async () => {
    const { uri } = await leave();
    const SAMLResponse = saml.idp.answer(saml.idp.readRequest(uri));
    for (const state of [{}, { RelayState: 'made-up' }]) {
      const response = await postAnswer(saml.acs, { SAMLResponse, ...state });
      expect([response.status, response.body.code]).toEqual([400, 'session.connector_session_not_found']);
    }
  });

  it('400 without an answer, and for a form where no form is taken', async () => {
    const empty = await call(saml.acs, 'POST', { RelayState: 'x' });
    expect([empty.status, empty.body.code]).toEqual([400, 'guard.invalid_input']);
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    const elsewhere = await call(`${app.origin}/api/verification-codes`, 'POST', 'email=a%40b.example', form);
    expect(elsewhere.status).toBe(415);
  });

  it('404 for a connector that is none', async () => {
    const response = await postAnswer(`${app.origin}/api/authn/saml/nobody`, { SAMLResponse: 'eA==', RelayState: 'x' });
    expect([response.status, response.body.code]).toEqual([404, 'connector.not_found']);
  });
});

describe('a custom sign-in page', () => {
  const begin = async (redirectUri: string) => {
    const page = await startExperience(app, client);
    await page.call('PUT', '/experience', { interactionEvent: 'SignIn' });
    const path = `/experience/verification/social/${saml.connectorId}`;
    return {
      page,
      path,
      begun: await page.call('POST', `${path}/authorization-uri`, { state: `state-${Math.random()}`, redirectUri }),
    };
  };

  it('finishes with the answer that waits', async () => {
    const { page, path, begun } = await begin(`${app.origin}/callback/${saml.connectorId}`);
    const { location } = await saml.answer(begun.body.authorizationUri, { nameId: 'custom' });
    const connectorData = Object.fromEntries(new URL(location).searchParams);
    const { verificationId } = begun.body;
    const verified = await page.call('POST', `${path}/verify`, { connectorData, verificationId });
    expect([verified.status, verified.body]).toEqual([200, { verificationId }]);
    const again = await page.call('POST', `${path}/verify`, { connectorData, verificationId });
    expect(again.status).toBe(400);
  });

  it('400 when it would have this server lead browsers to another site', async () => {
    const { begun } = await begin('https://evil.example/callback');
    expect([begun.status, begun.body.code]).toEqual([400, 'connector.invalid_request_parameters']);
  });
});
