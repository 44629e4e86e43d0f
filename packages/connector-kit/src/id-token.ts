import { createRemoteJWKSet, customFetch, errors, type JWTPayload, jwtVerify, type RemoteJWKSet } from 'jose';
import type { ConnectorContext, ConnectorFetch } from './connector.ts';
import { ConnectorError } from './connector-error.ts';
import { requestJson, unexpectedAnswer } from './http.ts';

// Asymmetric only: with HS256 whoever holds the client secret could speak for the provider.
const ALGORITHMS = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
  'Ed25519',
];
const CLOCK_TOLERANCE_SECONDS = 30;
const MAX_CACHED_KEY_SETS = 100;

// Keys live beside the egress function that brought them, so that no other address policy profits from them.
const keySetsOfFetch = new WeakMap<ConnectorFetch, Map<string, RemoteJWKSet>>();

function keySet(uri: string, context: ConnectorContext): RemoteJWKSet {
  const known = keySetsOfFetch.get(context.fetch) ?? new Map<string, RemoteJWKSet>();
  keySetsOfFetch.set(context.fetch, known);
  const cached = known.get(uri);
  if (cached) return cached;
  const created = createRemoteJWKSet(new URL(uri), {
    [customFetch]: async (url) => {
      const answer = await requestJson(context, 'signing keys', url);
      if (answer.status !== 200 || !Array.isArray(answer.body?.keys)) throw unexpectedAnswer('signing keys', answer);
      return Response.json(answer.body);
    },
  });
  const oldest = known.size >= MAX_CACHED_KEY_SETS ? known.keys().next().value : undefined;
  if (oldest !== undefined) known.delete(oldest);
  known.set(uri, created);
  return created;
}

export interface IdTokenExpectation {
  idToken: string | undefined;
  jwksUri: string;
  /** What the provider calls itself; some have two names for it. */
  issuer: string | string[];
  clientId: string;
  nonce: string | undefined;
}

const invalid = (cause?: unknown): ConnectorError =>
  new ConnectorError('social_invalid_id_token', "The provider's ID token is not valid.", { cause });

type StatementExpectation = Omit<IdTokenExpectation, 'nonce'>;

async function verifySignatureAndTimes(expected: StatementExpectation, context: ConnectorContext): Promise<JWTPayload> {
  if (!expected.idToken) throw new ConnectorError('social_invalid_id_token', 'The provider sent no ID token.');
  try {
    const { payload } = await jwtVerify(expected.idToken, keySet(expected.jwksUri, context), {
      algorithms: ALGORITHMS,
      issuer: expected.issuer,
      audience: expected.clientId,
      requiredClaims: ['sub', 'exp', 'iat'],
      clockTolerance: CLOCK_TOLERANCE_SECONDS,
      currentDate: context.now(),
    });
    return payload;
  } catch (error) {
    if (error instanceof errors.JWKSInvalid) {
      throw new ConnectorError('invalid_response', "The provider's signing keys are not understood.", { cause: error });
    }
    if (error instanceof errors.JOSEError) throw invalid(error);
    throw error;
  }
}

/**
 * OIDC Core §3.1.3.7 without the nonce: for ID tokens that nobody has asked for from here.
 * Whoever takes one must see to it that it counts once.
 */
export async function verifyStatement(
  expected: StatementExpectation,
  context: ConnectorContext,
): Promise<JWTPayload & { sub: string }> {
  const payload = await verifySignatureAndTimes(expected, context);
  const { sub, aud, azp } = payload;
  // Steps 3 to 5: a token for several audiences says who it was issued to.
  const forOthersToo = Array.isArray(aud) && aud.length > 1;
  if ((forOthersToo || azp !== undefined) && azp !== expected.clientId) throw invalid();
  if (!sub) throw invalid();
  return { ...payload, sub };
}

/** OIDC Core §3.1.3.7: verifies an ID token through the provider's published keys and returns its claims. */
export async function verifyIdTokenClaims(
  expected: IdTokenExpectation,
  context: ConnectorContext,
): Promise<JWTPayload & { sub: string }> {
  const claims = await verifyStatement(expected, context);
  // Step 11; an absent expectation never matches an absent claim.
  if (!expected.nonce || claims.nonce !== expected.nonce) throw invalid();
  return claims;
}

/** The same, for those who ask who it is and no more. */
export const verifyIdToken = async (expected: IdTokenExpectation, context: ConnectorContext): Promise<string> =>
  (await verifyIdTokenClaims(expected, context)).sub;
