import { createHash, randomBytes } from 'node:crypto';
import { SignJWT } from 'jose';
import { z } from 'zod';
import type { AuthorizationCallback, ConnectorContext, ConnectorSession, ProviderTokens } from './connector.ts';
import { ConnectorError } from './connector-error.ts';
import { errorMembers, type JsonAnswer, type JsonObject, requestJson, unexpectedAnswer } from './http.ts';

/** RFC 7636 §4.1: 32 random octets, 43 characters. Good for a nonce too. */
export const randomToken = (): string => randomBytes(32).toString('base64url');

/** RFC 7636 §4.2 */
export const s256Challenge = (codeVerifier: string): string =>
  createHash('sha256').update(codeVerifier).digest('base64url');

/** RFC 6749 §3.3: scope tokens in order, `first` ones ahead, each once. */
export const scopeList = (first: readonly string[], scope: string): string =>
  [...new Set([...first, ...scope.split(/[\s,]+/).filter(Boolean)])].join(' ');

export interface CodeFlowRequest {
  authorizationEndpoint: string;
  clientId: string;
  redirectUri: string;
  state: string;
  scope: string;
  /** Parameters of the provider's own. */
  extra?: Readonly<Record<string, string>> | undefined;
  /** RFC 7636; on unless the provider is known not to support it. */
  pkce?: boolean | undefined;
  /** OIDC Core §3.1.2.1; on unless there will be no ID token to compare it with. */
  nonce?: boolean | undefined;
}

/** RFC 6749 §4.1.1 with PKCE (RFC 9700 §2.1.1) and a nonce (OIDC Core §3.1.2.1), both kept in the session. */
export function startCodeFlow(request: CodeFlowRequest): { uri: string; session: ConnectorSession } {
  const { state, redirectUri, pkce = true, nonce = true } = request;
  const session: ConnectorSession = { state, redirectUri };
  if (nonce) session.nonce = randomToken();
  if (pkce) session.codeVerifier = randomToken();
  const uri = new URL(request.authorizationEndpoint);
  const parameters = {
    ...request.extra,
    response_type: 'code',
    client_id: request.clientId,
    redirect_uri: redirectUri,
    ...(request.scope && { scope: request.scope }),
    state,
    ...(session.nonce && { nonce: session.nonce }),
    ...(session.codeVerifier && {
      code_challenge: s256Challenge(session.codeVerifier),
      code_challenge_method: 'S256',
    }),
  };
  for (const [name, value] of Object.entries(parameters)) uri.searchParams.set(name, value);
  return { uri: uri.href, session };
}

// RFC 6749 §4.1.2.1 and OIDC Core §3.1.2.6: only a registered word is repeated to anybody.
const publicErrors = new Set([
  'access_denied',
  'account_selection_required',
  'consent_required',
  'interaction_required',
  'invalid_request',
  'invalid_scope',
  'login_required',
  'server_error',
  'temporarily_unavailable',
  'unauthorized_client',
  'unsupported_response_type',
]);

function refusal(params: AuthorizationCallback<unknown>['params']): ConnectorError {
  const error = publicErrors.has(params.error ?? '') ? (params.error as string) : 'unknown';
  const message =
    error === 'access_denied'
      ? 'The sign-in was cancelled at the provider.'
      : 'The provider did not authorize the sign-in.';
  return new ConnectorError('authorization_failed', message, {
    data: { error },
    cause: errorMembers(params),
  });
}

/**
 * Reads the code out of the callback.
 * A `state` that came must be ours.
 * It may be missing only under PKCE, which binds the code to this session as well (RFC 9700 §2.1):
 * API clients hand over the code and may have checked the state themselves.
 * `issuer` is compared when the provider names itself (RFC 9207 §2.4).
 */
export function readCode(
  { params, session }: Pick<AuthorizationCallback<unknown>, 'params' | 'session'>,
  issuer?: string,
): string {
  if (params.state === undefined ? !session.codeVerifier : params.state !== session.state) {
    throw new ConnectorError('authorization_failed', 'The answer belongs to another sign-in.');
  }
  if (issuer !== undefined && params.iss !== undefined && params.iss !== issuer) {
    throw new ConnectorError('authorization_failed', 'The answer came from another provider.');
  }
  if (params.error !== undefined) throw refusal(params);
  if (!params.code) throw new ConnectorError('authorization_failed', 'The provider sent no authorization code.');
  return params.code;
}

const formEncode = (text: string): string => new URLSearchParams({ '': text }).toString().slice(1);

/** RFC 6749 §2.3.1: both halves are form-encoded before they are joined. */
export const basicAuthorization = (clientId: string, clientSecret: string): string =>
  `Basic ${Buffer.from(`${formEncode(clientId)}:${formEncode(clientSecret)}`).toString('base64')}`;

const tokenAnswerSchema = z.object({
  access_token: z.string().min(1),
  token_type: z.string().refine((type) => type.toLowerCase() === 'bearer'),
  id_token: z.string().min(1).optional(),
  // What the rest says matters only to who keeps the tokens: written wrongly, it is as if it were not there.
  // Some providers write a list, or a number as a text.
  scope: z
    .union([z.string(), z.array(z.string()).transform((list) => list.join(' '))])
    .optional()
    .catch(undefined),
  expires_in: z.coerce.number().positive().optional().catch(undefined),
  refresh_token: z.string().min(1).optional().catch(undefined),
});

/** RFC 6749 §5.1, in our words; the lifetime counts from now. */
const toTokens = (answer: z.output<typeof tokenAnswerSchema>, now: Date): ProviderTokens => ({
  accessToken: answer.access_token,
  tokenType: answer.token_type,
  scope: answer.scope || undefined,
  expiresAt: answer.expires_in === undefined ? undefined : now.getTime() + answer.expires_in * 1000,
  refreshToken: answer.refresh_token,
});

/** How a client may show who it is at a token endpoint (OIDC Core §9). */
export const clientAuthentications = ['client_secret_post', 'client_secret_basic', 'client_secret_jwt'] as const;
type ClientAuthentication = (typeof clientAuthentications)[number];

/** A client at its provider's token endpoint. */
export interface TokenClient {
  tokenEndpoint: string;
  clientId: string;
  clientSecret: string;
  /** `client_secret_basic` unless the provider takes something else. */
  authentication?: ClientAuthentication | undefined;
  /** For `client_secret_jwt`. */
  assertionAlgorithm?: 'HS256' | 'HS384' | 'HS512' | undefined;
  /** RFC 6749 wants a form; a few providers want JSON. */
  encoding?: 'form' | 'json' | undefined;
  /** Reads an answer in form encoding too, as providers wrote it before OAuth 2.0 was final. */
  acceptForm?: boolean | undefined;
}

export interface CodeExchange extends TokenClient {
  code: string;
  session: ConnectorSession;
}

function tokenRefusal(answer: JsonAnswer): ConnectorError {
  const cause = errorMembers(answer.body);
  switch (answer.body?.error) {
    case 'invalid_grant':
    // GitHub's name for it.
    case 'bad_verification_code':
      return new ConnectorError('social_auth_code_invalid', 'The provider refused the authorization code.', { cause });
    case 'invalid_client':
    case 'unauthorized_client':
    case 'incorrect_client_credentials':
      return new ConnectorError('invalid_config', 'The provider refused the client id or secret.', { cause });
    default:
      return unexpectedAnswer('token', answer);
  }
}

/** RFC 7523 §3: the client's word, signed with its secret, for this token endpoint and one minute. */
const clientAssertion = (client: TokenClient, now: Date): Promise<string> =>
  new SignJWT()
    .setProtectedHeader({ alg: client.assertionAlgorithm ?? 'HS256' })
    .setIssuer(client.clientId)
    .setSubject(client.clientId)
    .setAudience(client.tokenEndpoint)
    .setJti(randomToken())
    .setIssuedAt(now)
    .setExpirationTime(new Date(now.getTime() + 60_000))
    .sign(Buffer.from(client.clientSecret, 'utf8'));

/** Puts into the form, or answers as headers, what shows who the client is. */
async function authenticate(client: TokenClient, form: URLSearchParams, now: Date): Promise<Record<string, string>> {
  const { clientId, clientSecret, authentication = 'client_secret_basic' } = client;
  if (authentication === 'client_secret_basic') return { authorization: basicAuthorization(clientId, clientSecret) };
  form.set('client_id', clientId);
  if (authentication === 'client_secret_jwt') {
    form.set('client_assertion_type', 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer');
    form.set('client_assertion', await clientAssertion(client, now));
  } else if (clientSecret) {
    // Some providers let an app go without a secret.
    form.set('client_secret', clientSecret);
  }
  return {};
}

/** Asks the token endpoint; what it answers is read, or told as a failure without the tokens that may stand in it. */
async function requestTokens(client: TokenClient, form: URLSearchParams, context: ConnectorContext) {
  const headers = await authenticate(client, form, context.now());
  const asJson = client.encoding === 'json';
  const request = {
    method: 'POST',
    headers: { ...headers, 'content-type': asJson ? 'application/json' : 'application/x-www-form-urlencoded' },
    body: asJson ? JSON.stringify(Object.fromEntries(form)) : form.toString(),
  };
  const { acceptForm } = client;
  const answer = await requestJson(context, 'token', client.tokenEndpoint, request, { acceptForm });
  // Some providers refuse with status 200.
  if (answer.status !== 200 || typeof answer.body?.error === 'string') throw tokenRefusal(answer);
  const read = tokenAnswerSchema.safeParse(answer.body);
  // The answer may hold tokens, so it is no cause: causes are logged.
  if (!read.success) throw new ConnectorError('invalid_response', "The provider's token answer is not understood.");
  const tokens = toTokens(read.data, context.now());
  return { tokens, idToken: read.data.id_token, answer: answer.body ?? {} };
}

/** RFC 6749 §4.1.3 */
export async function exchangeCode(
  { code, session, ...client }: CodeExchange,
  context: ConnectorContext,
): Promise<{ accessToken: string; tokens: ProviderTokens; idToken: string | undefined; answer: JsonObject }> {
  const form = new URLSearchParams({
    grant_type: 'authorization_code',
    code,
    redirect_uri: session.redirectUri,
  });
  if (session.codeVerifier) form.set('code_verifier', session.codeVerifier);
  const exchanged = await requestTokens(client, form, context);
  return { accessToken: exchanged.tokens.accessToken, ...exchanged };
}

/** RFC 6749 §6: a provider that sends no new refresh token lets the old one go on. */
export async function refreshTokens(
  { refreshToken, ...client }: TokenClient & { refreshToken: string },
  context: ConnectorContext,
): Promise<ProviderTokens> {
  const form = new URLSearchParams({ grant_type: 'refresh_token', refresh_token: refreshToken });
  const { tokens } = await requestTokens(client, form, context);
  return { ...tokens, refreshToken: tokens.refreshToken ?? refreshToken };
}

/**
 * Asks who signed in, with the access token as RFC 6750 §2.1 says.
 * With an ID token's `subject`, the answer must be about the same user (OIDC Core §5.3.2).
 */
export async function requestUserInfo<Schema extends z.ZodType>(
  request: {
    endpoint: string;
    accessToken: string;
    schema: Schema;
    subject?: string | undefined;
    headers?: Readonly<Record<string, string>> | undefined;
  },
  context: ConnectorContext,
): Promise<{ claims: z.output<Schema>; rawData: Readonly<Record<string, unknown>> }> {
  const answer = await requestJson(context, 'user info', request.endpoint, {
    headers: { ...request.headers, authorization: `Bearer ${request.accessToken}` },
  });
  if (answer.status === 401) {
    throw new ConnectorError('social_invalid_access_token', 'The provider refused its own access token.', {
      cause: errorMembers(answer.body),
    });
  }
  if (answer.status !== 200 || !answer.body) throw unexpectedAnswer('user info', answer);
  if (request.subject !== undefined && answer.body.sub !== request.subject) {
    throw new ConnectorError('invalid_response', "The provider's user info is about another user.");
  }
  const claims = request.schema.safeParse(answer.body);
  if (!claims.success) {
    throw new ConnectorError('invalid_response', "The provider's user info is not understood.", {
      cause: claims.error,
    });
  }
  return { claims: claims.data, rawData: answer.body };
}
