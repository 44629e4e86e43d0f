import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createTestApp } from '../../../test/harness.ts';

const app = await createTestApp();
let serial = 0;
let id = '';
beforeEach(async () => {
  serial += 1;
  id = (await app.api('POST', '/api/users', { username: `linked_${serial}` })).body.id;
});
const path = (rest = '') => `/api/users/${id}/identities${rest}`;

describe('by id', () => {
  test('201 links, 200 replaces, and both show in every list', async () => {
    const made = await app.api('PUT', path('/github'), { userId: `g${serial}`, details: { login: 'hana' } });
    expect(made).toMatchObject({ status: 201, body: { github: { userId: `g${serial}`, details: { login: 'hana' } } } });
    expect((await app.api('PUT', path('/github'), { userId: `h${serial}` })).status).toBe(200);
    const expected = { userId: `h${serial}`, details: {} };
    expect((await app.api('GET', path('/github'))).body).toEqual({ identity: expected });
    expect((await app.api('GET', `/api/users/${id}/all-identities`)).body).toEqual({
      socialIdentities: [{ target: 'github', identity: expected }],
      ssoIdentities: [],
    });
  });

  test('422 for an account that is linked to another user', async () => {
    await app.api('PUT', path('/github'), { userId: 'taken' });
    const { body: other } = await app.api('POST', '/api/users', { username: `other_${serial}` });
    const answer = await app.api('PUT', `/api/users/${other.id}/identities/github`, { userId: 'taken' });
    expect(answer).toMatchObject({ status: 422, body: { code: 'user.identity_already_in_use' } });
    await app.api('DELETE', path('/github'));
  });

  test('200 unlinks and answers the user; 404 for what is not linked and for nobody', async () => {
    await app.api('PUT', path('/github'), { userId: `g${serial}` });
    expect(await app.api('DELETE', path('/github'))).toMatchObject({ status: 200, body: { id, identities: {} } });
    for (const method of ['GET', 'DELETE']) {
      expect((await app.api(method, path('/github'))).body.code).toBe('user.identity_not_exist');
      expect((await app.api(method, '/api/users/nobody/identities/github')).status).toBe(404);
    }
    expect((await app.api('PUT', '/api/users/nobody/identities/github', { userId: 'x' })).status).toBe(404);
    expect((await app.api('GET', '/api/users/nobody/all-identities')).status).toBe(404);
    expect((await app.api('PUT', path('/github'), {})).status).toBe(400);
  });
});

describe('by the provider’s answer', () => {
  const provider = createServer((request, response) => {
    response.setHeader('content-type', 'application/json');
    const answer =
      request.url === '/token' ? { access_token: 'token', token_type: 'bearer' } : { id: 42, name: 'Hana' };
    response.end(JSON.stringify(answer));
  });
  let connectorId = '';
  beforeAll(async () => {
    await new Promise<void>((resolve) => provider.listen(0, '127.0.0.1', resolve));
    const origin = `http://127.0.0.1:${(provider.address() as AddressInfo).port}`;
    const { body } = await app.api('POST', '/api/connectors', {
      connectorId: 'oauth2',
      metadata: { target: 'intranet', name: { en: 'Intranet' } },
      config: {
        authorizationEndpoint: `${origin}/authorize`,
        tokenEndpoint: `${origin}/token`,
        userInfoEndpoint: `${origin}/me`,
        clientId: 'client',
        clientSecret: 'secret',
      },
    });
    connectorId = body.id;
  });
  afterAll(() => provider.close());

  const begin = (state: string) =>
    app.api('POST', `/api/connectors/${connectorId}/authorization-uri`, {
      state,
      redirectUri: 'https://admin.example/back',
    });
  const finish = (connectorData: object) => app.api('POST', path(), { connectorId, connectorData });

  test('200 links, once for each beginning', async () => {
    expect((await begin(`state-${serial}`)).status).toBe(200);
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => finish({ code: 'c', state: `state-${serial}` })),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect((await app.api('GET', path('/intranet'))).body.identity).toMatchObject({ userId: '42' });
  });

  test('400 for a state that nobody began, and for one that is over', async () => {
    expect((await finish({ code: 'c', state: 'made-up' })).body.code).toBe('session.connector_session_not_found');
    await begin(`late-${serial}`);
    app.advance(11 * 60_000);
    expect((await finish({ code: 'c', state: `late-${serial}` })).body.code).toBe(
      'session.connector_session_not_found',
    );
  });

  test('404 for an unknown connector and for nobody', async () => {
    const answer = await app.api('POST', path(), { connectorId: 'unknown', connectorData: { state: 's' } });
    expect(answer.status).toBe(404);
    expect((await app.api('POST', '/api/users/nobody/identities', { connectorId, connectorData: {} })).status).toBe(
      404,
    );
  });
});
