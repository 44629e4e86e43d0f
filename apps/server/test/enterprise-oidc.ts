import { startScriptedProvider } from '@latchkey/connector-kit/testing';
import { afterAll } from 'vitest';
import type { Egress } from '../src/kernel/egress.ts';
import type { ApiCaller } from './harness.ts';

const PATHS = { authorization: '/authorize', token: '/token', userInfo: '/userinfo', keys: '/keys' };

/** The way out of a test: discovery documents are answered from `documents`, and whoever is asked for tokens is noted. */
export function discoveringEgress() {
  const documents = new Map<string, object>();
  const redeemed: string[] = [];
  const egress: Egress = async (url, { method = 'GET', headers = {}, body } = {}) => {
    const document = documents.get(String(url));
    if (document) return Response.json(document);
    if (String(url).endsWith(PATHS.token)) redeemed.push(new URL(url).origin);
    return fetch(url, { method, headers, body: body === undefined ? null : String(body) });
  };
  return { egress, documents, redeemed };
}

/** A customer's OpenID provider; what it says of its user is changed by changing `profile`. */
export async function startEnterpriseProvider(
  documents: Map<string, object>,
  profile: Record<string, unknown>,
  says: object = {},
) {
  const client = { clientId: 'latchkey', clientSecret: 'a secret of the provider' };
  const provider = await startScriptedProvider({ paths: PATHS, profile, ...client });
  afterAll(() => provider.close());
  const { origin } = provider;
  documents.set(`${origin}/.well-known/openid-configuration`, {
    issuer: origin,
    authorization_endpoint: origin + PATHS.authorization,
    token_endpoint: origin + PATHS.token,
    userinfo_endpoint: origin + PATHS.userInfo,
    jwks_uri: origin + PATHS.keys,
    ...says,
  });
  return { ...provider, issuer: origin, profile, config: { ...client, issuer: origin } };
}

let serial = 0;

/** The connector that signs people in with it. */
export async function connectOidcEnterprise(
  api: ApiCaller,
  { config }: { config: object },
  settings: { domains: string[]; config?: object },
): Promise<string> {
  const connectorName = `OpenID ${++serial}`;
  const sent = { providerName: 'OIDC', connectorName, ...settings, config: { ...config, ...settings.config } };
  const { status, body } = await api('POST', '/api/sso-connectors', sent);
  if (status !== 200) throw new Error(JSON.stringify(body));
  return body.id;
}
