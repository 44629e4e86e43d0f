import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { type CryptoKey, exportJWK, generateKeyPair, type JWK, type JWTPayload, SignJWT } from 'jose';
import { basicAuthorization, randomToken, s256Challenge } from './oauth.ts';

/** Where the provider under imitation has its endpoints. */
export interface ProviderPaths {
  authorization: string;
  token: string;
  userInfo: string;
  /** Of OpenID providers. */
  keys?: string;
}

export interface ScriptedProviderOptions {
  paths: ProviderPaths;
  clientId: string;
  clientSecret: string;
  /** The user info answer; its `sub` is also the ID token's. */
  profile: Readonly<Record<string, unknown>>;
  /** What it calls itself; its own origin unless said otherwise. */
  issuer?: string | undefined;
  /** What other addresses answer to the holder of an access token, by path. */
  more?: Readonly<Record<string, unknown>> | undefined;
}

/** Writes an answer in place of the genuine one; an answer that is never ended is a provider that hangs. */
export type Misbehaviour = (response: ServerResponse, genuine: Readonly<Record<string, unknown>>) => void;

export interface Forgery {
  claims: JWTPayload;
  /** The key that the provider publishes, and its id. */
  sign: (claims: JWTPayload, header?: { kid?: string; key?: CryptoKey }) => Promise<string>;
}

/** What goes wrong in one test; nothing of it means that all goes well. */
export interface Faults {
  token?: Misbehaviour;
  userInfo?: Misbehaviour;
  keys?: Misbehaviour;
  /** Makes the ID token; undefined leaves it out. */
  idToken?: (genuine: Forgery) => Promise<string | undefined>;
}

export interface ScriptedProvider {
  origin: string;
  /** Plays the browser: opens the authorization URI and returns the parameters of the redirect. */
  authorize(uri: string): Promise<Record<string, string>>;
  misbehave(faults: Faults): void;
  close(): Promise<void>;
}

interface PendingCode {
  redirectUri: string;
  nonce: string | undefined;
  challenge: string | undefined;
}

interface ProviderState {
  options: ScriptedProviderOptions;
  origin: string;
  issuer: string;
  publicJwk: JWK;
  sign: Forgery['sign'];
  codes: Map<string, PendingCode>;
  accessTokens: Set<string>;
  refreshTokens: Set<string>;
  faults: Faults;
}

function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

const answerWell: Misbehaviour = (response, genuine) => sendJson(response, 200, genuine);

function authorization(state: ProviderState, query: URLSearchParams, response: ServerResponse): void {
  const redirectUri = query.get('redirect_uri') ?? '';
  const code = randomToken();
  state.codes.set(code, {
    redirectUri,
    nonce: query.get('nonce') ?? undefined,
    challenge: query.get('code_challenge') ?? undefined,
  });
  const location = new URL(redirectUri);
  location.searchParams.set('code', code);
  location.searchParams.set('state', query.get('state') ?? '');
  response.writeHead(302, { location: location.href }).end();
}

function isClient(
  { clientId, clientSecret }: ScriptedProviderOptions,
  authorizationHeader: string | undefined,
  form: URLSearchParams,
): boolean {
  const inBody = form.get('client_id') === clientId && form.get('client_secret') === clientSecret;
  return inBody || authorizationHeader === basicAuthorization(clientId, clientSecret);
}

/** RFC 6749 §6, with a refresh token that is taken once. */
function refreshError(
  { options, refreshTokens }: ProviderState,
  authorizationHeader: string | undefined,
  form: URLSearchParams,
): 'invalid_client' | 'invalid_grant' | null {
  if (!isClient(options, authorizationHeader, form)) return 'invalid_client';
  return refreshTokens.delete(form.get('refresh_token') ?? '') ? null : 'invalid_grant';
}

/** Checks a code exchange as strictly as a good provider would; null when it passes. */
function exchangeError(
  options: ScriptedProviderOptions,
  authorizationHeader: string | undefined,
  form: URLSearchParams,
  pending: PendingCode | undefined,
): 'invalid_client' | 'invalid_grant' | null {
  if (!isClient(options, authorizationHeader, form)) return 'invalid_client';
  if (!pending || form.get('redirect_uri') !== pending.redirectUri) return 'invalid_grant';
  if (pending.challenge && s256Challenge(form.get('code_verifier') ?? '') !== pending.challenge) return 'invalid_grant';
  return null;
}

async function issueIdToken(state: ProviderState, nonce: string | undefined): Promise<string | undefined> {
  const { options, issuer, faults, sign } = state;
  const iat = Math.floor(Date.now() / 1000);
  const claims = {
    ...options.profile,
    iss: issuer,
    sub: String(options.profile.sub),
    aud: options.clientId,
    iat,
    exp: iat + 120,
    nonce,
  };
  return faults.idToken ? faults.idToken({ claims, sign }) : sign(claims);
}

async function token(state: ProviderState, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = await text(request);
  const isJson = request.headers['content-type'] === 'application/json';
  const form = new URLSearchParams(isJson ? JSON.parse(body) : body);
  const pending = state.codes.get(form.get('code') ?? '');
  state.codes.delete(form.get('code') ?? '');
  const isRefresh = form.get('grant_type') === 'refresh_token';
  const error = isRefresh
    ? refreshError(state, request.headers.authorization, form)
    : exchangeError(state.options, request.headers.authorization, form, pending);
  if (error) {
    sendJson(response, error === 'invalid_client' ? 401 : 400, { error });
    return;
  }
  const accessToken = randomToken();
  state.accessTokens.add(accessToken);
  const refreshToken = randomToken();
  state.refreshTokens.add(refreshToken);
  const answer = state.faults.token ?? answerWell;
  answer(response, {
    access_token: accessToken,
    token_type: 'Bearer',
    expires_in: 7200,
    scope: 'openid',
    refresh_token: refreshToken,
    id_token: await issueIdToken(state, pending?.nonce),
  });
}

/** Answers whoever shows an access token of this provider. */
function answerHolder(
  state: ProviderState,
  request: IncomingMessage,
  response: ServerResponse,
  answer: Misbehaviour,
  genuine: unknown,
): void {
  const bearer = request.headers.authorization?.replace(/^Bearer /, '') ?? '';
  if (!state.accessTokens.has(bearer)) {
    sendJson(response, 401, { error: 'invalid_token' });
    return;
  }
  answer(response, genuine as Readonly<Record<string, unknown>>);
}

async function route(state: ProviderState, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { paths } = state.options;
  const url = new URL(request.url ?? '/', state.origin);
  const more = state.options.more?.[url.pathname];
  if (url.pathname === paths.authorization) authorization(state, url.searchParams, response);
  else if (url.pathname === paths.token) await token(state, request, response);
  else if (url.pathname === paths.userInfo) {
    answerHolder(state, request, response, state.faults.userInfo ?? answerWell, state.options.profile);
  } else if (url.pathname === paths.keys) (state.faults.keys ?? answerWell)(response, { keys: [state.publicJwk] });
  else if (more !== undefined) answerHolder(state, request, response, answerWell, more);
  else sendJson(response, 404, { error: 'not_found' });
}

async function createState(options: ScriptedProviderOptions): Promise<ProviderState> {
  const { privateKey, publicKey } = await generateKeyPair('RS256');
  return {
    options,
    origin: '',
    issuer: '',
    publicJwk: { ...(await exportJWK(publicKey)), kid: 'current', alg: 'RS256', use: 'sig' },
    sign: (claims, { kid = 'current', key = privateKey } = {}) =>
      new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid }).sign(key),
    codes: new Map(),
    accessTokens: new Set(),
    refreshTokens: new Set(),
    faults: {},
  };
}

/** An OAuth and OpenID provider on loopback for one connector's tests: correct, until told to misbehave. */
export async function startScriptedProvider(options: ScriptedProviderOptions): Promise<ScriptedProvider> {
  const state = await createState(options);
  const server = createServer((request, response) => {
    route(state, request, response).catch((error: unknown) => response.destroy(error as Error));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  state.origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  state.issuer = options.issuer ?? state.origin;
  return {
    origin: state.origin,
    authorize: async (uri) => {
      const response = await fetch(uri, { redirect: 'manual' });
      return Object.fromEntries(new URL(response.headers.get('location') ?? '').searchParams);
    },
    misbehave: (faults) => {
      state.faults = faults;
    },
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()));
        server.closeAllConnections();
      }),
  };
}
