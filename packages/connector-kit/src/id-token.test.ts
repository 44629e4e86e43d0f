import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createBoundedFetch } from './bounded-fetch.ts';
import type { ConnectorContext } from './connector.ts';
import { verifyIdToken } from './id-token.ts';

const ISSUER = 'https://provider.example';
const published: JWK[] = [];
let requests = 0;
const server = createServer((_request, response) => {
  requests += 1;
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ keys: published }));
});
let jwksUri: string;

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  jwksUri = `http://127.0.0.1:${(server.address() as AddressInfo).port}/keys`;
});
beforeEach(() => {
  requests = 0;
  published.length = 0;
});
afterAll(() => server.close());

/** Publishes a key and returns what signs with it. */
async function publish(alg: string, kid: string) {
  const { privateKey, publicKey } = await generateKeyPair(alg);
  published.push({ ...(await exportJWK(publicKey)), kid, alg });
  return () =>
    new SignJWT({ nonce: 'n' })
      .setProtectedHeader({ alg, kid })
      .setIssuer(ISSUER)
      .setAudience('client')
      .setSubject('42')
      .setIssuedAt()
      .setExpirationTime('2m')
      .sign(privateKey);
}

const newContext = (): ConnectorContext => ({ fetch: createBoundedFetch(5_000), now: () => new Date() });
const verify = (idToken: string, context: ConnectorContext) =>
  verifyIdToken({ idToken, jwksUri, issuer: ISSUER, clientId: 'client', nonce: 'n' }, context);

describe('signing keys', () => {
  it.each(['RS256', 'PS256', 'ES256', 'ES384', 'EdDSA'])('%s is accepted', async (alg) => {
    const sign = await publish(alg, 'a');
    expect(await verify(await sign(), newContext())).toBe('42');
  });

  it('are fetched once for many sign-ins, even at the same moment', async () => {
    const sign = await publish('RS256', 'a');
    const context = newContext();
    const tokens = await Promise.all([sign(), sign(), sign()]);
    await Promise.all(tokens.map((token) => verify(token, context)));
    await verify(await sign(), context);
    expect(requests).toBe(1);
  });

  it('are not shared between two ways to the network', async () => {
    const sign = await publish('RS256', 'a');
    await verify(await sign(), newContext());
    await verify(await sign(), newContext());
    expect(requests).toBe(2);
  });

  it('are not fetched again and again for made-up key ids', async () => {
    const sign = await publish('RS256', 'a');
    const context = newContext();
    await verify(await sign(), context);
    const stranger = await publish('RS256', 'made-up');
    const forged = await stranger();
    for (let attempt = 0; attempt < 3; attempt += 1) {
      await expect(verify(forged, context)).rejects.toMatchObject({ code: 'social_invalid_id_token' });
    }
    expect(requests).toBe(1);
  });
});
