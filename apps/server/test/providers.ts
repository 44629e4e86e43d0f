import { startScriptedProvider } from '@latchkey/connector-kit/testing';
import { afterAll } from 'vitest';
import type { TestApp } from './harness.ts';

/** An OpenID provider of the test file's own, and the connector that signs users in with it. */
export async function connectProvider(
  app: TestApp,
  target: string,
  profile: Readonly<Record<string, unknown>>,
  change: (config: Record<string, unknown>) => Record<string, unknown> = (config) => config,
) {
  const client = { clientId: `client-of-${target}`, clientSecret: `secret-of-${target}` };
  const paths = { authorization: '/authorize', token: '/token', userInfo: '/userinfo', keys: '/keys' };
  const provider = await startScriptedProvider({ paths, profile, ...client });
  afterAll(() => provider.close());
  const { origin } = provider;
  const created = await app.api('POST', '/api/connectors', {
    id: `connector-${target}`,
    connectorId: 'oidc',
    metadata: { target, name: { en: target } },
    config: change({
      ...client,
      tokenEndpointAuthMethod: 'client_secret_basic',
      authorizationEndpoint: `${origin}/authorize`,
      tokenEndpoint: `${origin}/token`,
      idTokenVerificationConfig: { jwksUri: `${origin}/keys`, issuer: origin },
    }),
  });
  if (created.status !== 200) throw new Error(JSON.stringify(created.body));
  return { ...provider, connectorId: `connector-${target}`, issuer: origin };
}
