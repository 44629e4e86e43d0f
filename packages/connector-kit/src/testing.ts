import { generateKeyPair, SignJWT, UnsecuredJWT } from 'jose';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createBoundedFetch } from './bounded-fetch.ts';
import type { ConnectorContext, ConnectorSession, SocialConnector, SocialUserInfo } from './connector.ts';
import { ConnectorError, type ConnectorErrorCode } from './connector-error.ts';
import { testMetadata } from './metadata-testing.ts';
import {
  type Faults,
  type Misbehaviour,
  type ProviderPaths,
  type ScriptedProvider,
  startScriptedProvider,
} from './scripted-provider.ts';

export { createBoundedFetch } from './bounded-fetch.ts';
export {
  type MessageConnectorCase,
  type ReceivedRequest,
  testEmailConnector,
  testSmsConnector,
} from './message-testing.ts';
export { testMetadata } from './metadata-testing.ts';
export { type AnswersCase, testAnswers } from './scripted-answers.ts';
export { startScriptedProvider } from './scripted-provider.ts';

export interface SocialConnectorCase {
  connector: SocialConnector;
  paths: ProviderPaths;
  /** Origins of the real provider, which lead to the scripted one. */
  origins?: readonly string[];
  /** What the provider calls itself, when that is not where it answers. */
  issuer?: string;
  /** What the provider does not offer. */
  without?: readonly ('idToken' | 'pkce' | 'userInfo')[];
  /** What other addresses of the provider answer, by path. */
  more?: Readonly<Record<string, unknown>>;
  /** A change that takes the user's id out of the user info, when it is neither `sub` nor `id`. */
  withoutId?: Readonly<Record<string, unknown>>;
  /** The configuration that leads to a provider at this origin. */
  config: (origin: string, client: { clientId: string; clientSecret: string }) => Readonly<Record<string, unknown>>;
  /** What the provider tells about the user; with a string `sub` where there is an ID token. */
  profile: Readonly<Record<string, unknown>>;
  /** What the connector makes of it. */
  expected: Omit<SocialUserInfo, 'rawData'>;
}

// Reserved characters tell whether credentials are encoded before they are joined (RFC 6749 §2.3.1).
const CLIENT = { clientId: 'client:1 %', clientSecret: 'sécret/+&=:?' };
const REDIRECT_URI = 'http://localhost:3001/callback/abc';
// Long enough for a busy machine.
const PATIENCE_MS = 10_000;
// A provider that hangs costs a test this much.
const HANG_MS = 300;
const STATE = 'state-of-this-sign-in';
/** Stands in every wrong answer; it may never come out again. */
const MARKER = 'what-the-provider-wrote-in-confidence';

const raw =
  (status: number, body: string, headers: Record<string, string> = {}): Misbehaviour =>
  (response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(body);
  };
const json = (status: number, body: unknown): Misbehaviour => raw(status, JSON.stringify(body));
const hang: Misbehaviour = () => undefined;
const reset: Misbehaviour = (response) => response.destroy();
const huge: Misbehaviour = (response) => {
  response.writeHead(200, { 'content-type': 'application/json' }).end(`{"padding":"${'x'.repeat(3_000_000)}"}`);
};
/** The genuine answer, changed. */
const altered =
  (change: Record<string, unknown>): Misbehaviour =>
  (response, genuine) =>
    json(200, { ...genuine, ...change })(response, genuine);

type FaultRow = [title: string, fault: Misbehaviour, code: ConnectorErrorCode];

/** Wrong in the same way wherever they come from. */
const anyEndpoint: FaultRow[] = [
  ['hangs', hang, 'general'],
  ['drops the connection', reset, 'general'],
  ['answers 500 with a page', raw(500, `<h1>${MARKER}</h1>`, { 'content-type': 'text/html' }), 'general'],
  ['redirects', raw(302, MARKER, { location: 'http://127.0.0.1:1/' }), 'invalid_response'],
  ['sends a huge body', huge, 'invalid_response'],
  ['sends a page for JSON', raw(200, `<h1>${MARKER}</h1>`), 'invalid_response'],
  ['sends JSON cut off', raw(200, `{"error":"${MARKER}`), 'invalid_response'],
  ['sends an array', json(200, [MARKER]), 'invalid_response'],
  ['sends an empty body', raw(200, ''), 'invalid_response'],
];

const tokenFaults: FaultRow[] = [
  ['refuses the code', json(400, { error: 'invalid_grant', error_description: MARKER }), 'social_auth_code_invalid'],
  ['refuses the client', json(401, { error: 'invalid_client', error_description: MARKER }), 'invalid_config'],
  ['answers an unknown error', json(400, { error: MARKER }), 'invalid_response'],
  ['leaves out the access token', altered({ access_token: undefined, note: MARKER }), 'invalid_response'],
  ['sends an access token that is no text', altered({ access_token: [MARKER] }), 'invalid_response'],
  ['sends a token of another type', altered({ token_type: 'mac' }), 'invalid_response'],
];

const userInfoFaults = ({ without = [], withoutId = {} }: SocialConnectorCase): FaultRow[] => [
  ['answers 401', json(401, { error: 'invalid_token', error_description: MARKER }), 'social_invalid_access_token'],
  ['answers 403', json(403, { error: 'insufficient_scope', error_description: MARKER }), 'invalid_response'],
  ...(without.includes('idToken')
    ? []
    : [['tells of another user', altered({ sub: 'somebody-else' }), 'invalid_response'] satisfies FaultRow]),
  ['leaves out the user id', altered({ sub: undefined, id: undefined, ...withoutId }), 'invalid_response'],
];

const keyFaults: FaultRow[] = [
  ['sends no key list', json(200, { keys: MARKER }), 'invalid_response'],
  ['sends an empty key list', json(200, { keys: [] }), 'social_invalid_id_token'],
];

const anHourAgo = (): number => Math.floor(Date.now() / 1000) - 3600;

/** OIDC Core §3.1.3.7 and RFC 8725: every ID token here must be refused. */
const forgeries: [title: string, idToken: NonNullable<Faults['idToken']>][] = [
  ['is left out', async () => undefined],
  ['is no JWT', async () => MARKER],
  ['is not signed', async ({ claims }) => new UnsecuredJWT(claims).encode()],
  [
    'is signed with the client secret',
    async ({ claims }) =>
      new SignJWT(claims).setProtectedHeader({ alg: 'HS256' }).sign(Buffer.from(CLIENT.clientSecret.padEnd(32, '.'))),
  ],
  [
    'is signed with another key under the same id',
    async ({ claims, sign }) => sign(claims, { key: (await generateKeyPair('RS256')).privateKey }),
  ],
  ['names an unknown key', async ({ claims, sign }) => sign(claims, { kid: 'unknown' })],
  ['comes from another issuer', async ({ claims, sign }) => sign({ ...claims, iss: 'https://gitlab.example' })],
  ['is for another client', async ({ claims, sign }) => sign({ ...claims, aud: 'another-client' })],
  ['is for several without saying whom', async ({ claims, sign }) => sign({ ...claims, aud: [CLIENT.clientId, 'b'] })],
  ['was issued to another client', async ({ claims, sign }) => sign({ ...claims, azp: 'another-client' })],
  ['has expired', async ({ claims, sign }) => sign({ ...claims, iat: anHourAgo(), exp: anHourAgo() + 120 })],
  ['never expires', async ({ claims, sign }) => sign({ ...claims, exp: undefined })],
  ['has another nonce', async ({ claims, sign }) => sign({ ...claims, nonce: 'another-nonce' })],
  ['has no nonce', async ({ claims, sign }) => sign({ ...claims, nonce: undefined })],
  ['has no subject', async ({ claims, sign }) => sign({ ...claims, sub: undefined })],
];

/** One connector against its scripted provider. */
interface Bench {
  testCase: SocialConnectorCase;
  context: ConnectorContext;
  /** For providers that hang. */
  impatient: ConnectorContext;
  provider: ScriptedProvider;
  config: Readonly<Record<string, unknown>>;
}

type CallbackParams = Record<string, string | undefined>;

const start = ({ testCase, context, config }: Bench, state = STATE) =>
  testCase.connector.authorizationUri({ config, state, redirectUri: REDIRECT_URI }, context);

/** The scripted provider's address for one of the real provider's. */
function toProvider(
  { testCase: { origins = [] }, provider }: Pick<Bench, 'testCase' | 'provider'>,
  url: string,
): string {
  const { origin } = new URL(url);
  return origins.includes(origin) ? provider.origin + url.slice(origin.length) : url;
}

/** Signs in with the given faults; `params` overrides what the provider sent back. */
async function signIn(bench: Bench, faults: Faults = {}, params: CallbackParams = {}): Promise<SocialUserInfo> {
  const { testCase, provider, config } = bench;
  const context = Object.values(faults).includes(hang) ? bench.impatient : bench.context;
  provider.misbehave(faults);
  const { uri, session } = await start(bench);
  const sent = await provider.authorize(toProvider(bench, uri));
  const kept = JSON.parse(JSON.stringify(session)) as ConnectorSession;
  // A fetch of its own, so that no signing keys of an earlier test are at hand.
  const fresh: ConnectorContext = { ...context, fetch: (url, init) => context.fetch(url, init) };
  return testCase.connector.userInfo({ config, params: { ...sent, ...params }, session: kept }, fresh);
}

/** Signs in, which must fail with a `ConnectorError` that gives nothing away. */
async function failure(...attempt: Parameters<typeof signIn>): Promise<ConnectorError> {
  const outcome: unknown = await signIn(...attempt).catch((error: unknown) => error);
  if (!(outcome instanceof ConnectorError)) throw new Error('expected a ConnectorError', { cause: outcome });
  const shown = JSON.stringify({ message: outcome.message, data: outcome.data });
  for (const secret of [MARKER, CLIENT.clientSecret]) expect(shown).not.toContain(secret);
  return outcome;
}

function testAuthorizationUri(bench: () => Bench, { without = [] }: SocialConnectorCase): void {
  const secretsOf = ({ codeVerifier, nonce }: ConnectorSession) => [
    ...(without.includes('pkce') ? [] : [codeVerifier]),
    ...(without.includes('idToken') ? [] : [nonce]),
  ];

  it('asks for a code with state, and with nonce and S256 challenge where the provider knows them', async () => {
    const { provider, testCase } = bench();
    const { uri, session } = await start(bench());
    expect(toProvider(bench(), uri).startsWith(`${provider.origin}${testCase.paths.authorization}?`)).toBe(true);
    const parameters = Object.fromEntries(new URL(uri).searchParams);
    expect(parameters).toMatchObject({
      response_type: 'code',
      client_id: CLIENT.clientId,
      redirect_uri: REDIRECT_URI,
      state: STATE,
    });
    expect(parameters.nonce).toBe(without.includes('idToken') ? undefined : session.nonce);
    expect(parameters.code_challenge_method).toBe(without.includes('pkce') ? undefined : 'S256');
    expect(session).toMatchObject({ state: STATE, redirectUri: REDIRECT_URI });
    for (const secret of secretsOf(session)) expect(secret).toMatch(/^[\w-]{43}$/);
    for (const hidden of [session.codeVerifier, CLIENT.clientSecret]) expect(uri).not.toContain(hidden ?? MARKER);
  });

  it('never repeats a nonce or a code verifier', async () => {
    const [first, second] = await Promise.all([start(bench()), start(bench())]);
    for (const [index, secret] of secretsOf(first.session).entries()) {
      expect(secret).not.toBe(secretsOf(second.session)[index]);
    }
  });

  it('invalid_config when required members are missing', async () => {
    const attempt = start({ ...bench(), config: {} });
    await expect(attempt).rejects.toMatchObject({ name: 'ConnectorError', code: 'invalid_config' });
  });
}

function testCallback(bench: () => Bench, { without = [] }: SocialConnectorCase): void {
  it('says who signed in', async () => {
    const { testCase } = bench();
    const { rawData, ...user } = await signIn(bench());
    expect(JSON.parse(JSON.stringify(user))).toEqual(testCase.expected);
    expect(rawData).toMatchObject(testCase.profile);
  });

  it.each<[string, CallbackParams, Record<string, string>?]>([
    ['the user cancelled', { code: undefined, error: 'access_denied' }, { error: 'access_denied' }],
    ['the provider refused', { code: undefined, error: 'invalid_scope' }, { error: 'invalid_scope' }],
    ['the error is no known word', { code: undefined, error: MARKER, error_description: MARKER }, { error: 'unknown' }],
    ['there is no code', { code: undefined }],
    ['the state is of another sign-in', { state: 'another-state' }],
    ['the state is empty', { state: '' }],
    ...(without.includes('idToken')
      ? []
      : [['another issuer answered (RFC 9207 §2.4)', { iss: 'https://evil.example' }] as [string, CallbackParams]]),
    ...(without.includes('pkce') ? [['the state is missing', { state: undefined }] as [string, CallbackParams]] : []),
  ])('authorization_failed when %s', async (_title, params, data) => {
    const error = await failure(bench(), {}, params);
    expect([error.code, error.data]).toEqual(['authorization_failed', data]);
  });

  it('social_auth_code_invalid when the code was made up', async () => {
    expect(await failure(bench(), {}, { code: 'made-up' })).toMatchObject({ code: 'social_auth_code_invalid' });
  });

  it('social_auth_code_invalid when the code comes a second time', async () => {
    const { testCase, provider, config, context } = bench();
    const { uri, session } = await start(bench());
    const callback = { config, params: await provider.authorize(toProvider(bench(), uri)), session };
    await testCase.connector.userInfo(callback, context);
    const again = testCase.connector.userInfo(callback, context);
    await expect(again).rejects.toMatchObject({ code: 'social_auth_code_invalid' });
  });

  it.skipIf(without.includes('pkce'))(
    'social_auth_code_invalid when the code is of another session (RFC 7636 §4.6)',
    async () => {
      const { testCase, provider, config, context } = bench();
      const [victim, attacker] = await Promise.all([start(bench()), start(bench())]);
      const { code } = await provider.authorize(toProvider(bench(), attacker.uri));
      const attempt = testCase.connector.userInfo({ config, params: { code }, session: victim.session }, context);
      await expect(attempt).rejects.toMatchObject({ code: 'social_auth_code_invalid' });
    },
  );
}

/** Signs in, and answers all that the connector makes of it. */
async function signInWithTokens({ testCase, provider, config, context, ...bench }: Bench) {
  const { uri, session } = await start({ testCase, provider, config, context, ...bench });
  const params = await provider.authorize(toProvider({ testCase, provider }, uri));
  return testCase.connector.signIn({ config, params, session }, context);
}

function testTokens(bench: () => Bench): void {
  it('hands the tokens over apart from what it tells about the user', async () => {
    const { userInfo, tokens } = await signInWithTokens(bench());
    expect(tokens).toMatchObject({ tokenType: 'Bearer', scope: 'openid' });
    expect((tokens?.expiresAt ?? 0) - Date.now()).toBeGreaterThan(7_000_000);
    for (const token of [tokens?.accessToken, tokens?.refreshToken]) {
      expect(token).toMatch(/^[\w-]{43}$/);
      expect(JSON.stringify(userInfo)).not.toContain(token);
    }
  });

  it('renews them, and says so when the refresh token is taken no more (RFC 6749 §5.2)', async () => {
    const { testCase, config, context } = bench();
    const { tokens } = await signInWithTokens(bench());
    const renew = async (refreshToken = '') => testCase.connector.refresh?.({ config, refreshToken }, context);
    const fresh = await renew(tokens?.refreshToken);
    expect(fresh?.accessToken).not.toBe(tokens?.accessToken);
    expect(fresh?.refreshToken).toMatch(/^[\w-]{43}$/);
    await expect(renew(tokens?.refreshToken)).rejects.toMatchObject({ code: 'social_auth_code_invalid' });
  });
}

function testEndpoint(bench: () => Bench, endpoint: 'token' | 'userInfo' | 'keys', rows: readonly FaultRow[]): void {
  it.each([...anyEndpoint, ...rows])('that %s', async (_title, fault, code) => {
    expect(await failure(bench(), { [endpoint]: fault })).toMatchObject({ code });
  });
}

function testIdToken(bench: () => Bench): void {
  it.each(forgeries)('social_invalid_id_token when it %s', async (_title, idToken) => {
    expect(await failure(bench(), { idToken })).toMatchObject({ code: 'social_invalid_id_token' });
  });

  it.each([-20, 20])('is accepted from a clock that is %i seconds off', async (seconds) => {
    const faults: Faults = {
      idToken: async ({ claims, sign }) => {
        const iat = (claims.iat ?? 0) + seconds;
        return sign({ ...claims, iat, exp: seconds < 0 ? iat : iat + 120 });
      },
    };
    await expect(signIn(bench(), faults)).resolves.toMatchObject({ id: bench().testCase.expected.id });
  });
}

/**
 * The rules that hold for every social connector which speaks the code flow, over real HTTP.
 * Call it at the top of a test file or inside a `describe`.
 */
export function testSocialConnector(testCase: SocialConnectorCase): void {
  const { without = [] } = testCase;
  let started: Bench | undefined;
  const bench = (): Bench => {
    if (!started) throw new Error('the scripted provider has not started');
    return started;
  };
  const contextWithin = (milliseconds: number): ConnectorContext => {
    const bounded = createBoundedFetch(milliseconds);
    return { fetch: (url, init) => bounded(toProvider(bench(), String(url)), init), now: () => new Date() };
  };
  beforeAll(async () => {
    const { paths, profile, issuer, more } = testCase;
    const provider = await startScriptedProvider({ paths, profile, issuer, more, ...CLIENT });
    started = {
      testCase,
      context: contextWithin(PATIENCE_MS),
      impatient: contextWithin(HANG_MS),
      provider,
      config: testCase.config(provider.origin, CLIENT),
    };
  });
  beforeEach(() => bench().provider.misbehave({}));
  afterAll(() => bench().provider.close());

  describe('metadata', () => testMetadata(testCase.connector, testCase.config('https://provider.example', CLIENT)));
  describe('authorization URI', () => testAuthorizationUri(bench, testCase));
  describe('callback', () => testCallback(bench, testCase));
  if (testCase.connector.refresh) describe('tokens', () => testTokens(bench));
  describe('token endpoint', () => testEndpoint(bench, 'token', tokenFaults));
  if (!without.includes('userInfo')) {
    describe('user info endpoint', () => testEndpoint(bench, 'userInfo', userInfoFaults(testCase)));
  }
  if (!without.includes('idToken')) {
    describe('key endpoint', () => testEndpoint(bench, 'keys', keyFaults));
    describe('ID token', () => testIdToken(bench));
  }
}
