import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createBoundedFetch } from './bounded-fetch.ts';
import type { ConnectorContext, SocialConnector, SocialUserInfo } from './connector.ts';
import type { ConnectorErrorCode } from './connector-error.ts';

/** A step of a flow that is a provider's own: what it is asked, and what it answers when all is well. */
export interface AnswerStep {
  /** `POST https://api.example.com/token`. */
  request: string;
  /** Names and values that the query or the body must have, whatever its encoding. */
  expects?: Readonly<Record<string, unknown>>;
  answer: unknown;
  /** What stands ahead of the JSON. */
  prefix?: string;
  /** What the provider answers when it refuses, and what that means. */
  refusals: readonly [title: string, answer: unknown, code: ConnectorErrorCode, status?: number][];
  /** A failure of this step ends no sign-in. */
  optional?: true;
}

export interface AnswersCase {
  connector: SocialConnector;
  config: Readonly<Record<string, unknown>>;
  /** What the browser or the app brings back; `STATE` stands for the state of the sign-in. */
  params: Readonly<Record<string, string>>;
  steps: readonly AnswerStep[];
  expected: Omit<SocialUserInfo, 'rawData'>;
  /** The app's own SDK keeps the state to itself. */
  native?: true;
}

const REDIRECT_URI = 'http://localhost:3001/callback/abc';
const STATE = 'state-of-this-sign-in';
const HANG_MS = 300;
const PATIENCE_MS = 10_000;

type Answer = (response: ServerResponse) => void;

const write =
  (status: number, body: string): Answer =>
  (response) => {
    response.writeHead(status, { 'content-type': 'application/json' }).end(body);
  };

const faults: readonly [title: string, answer: Answer, code: ConnectorErrorCode][] = [
  ['hangs', () => undefined, 'general'],
  ['drops the connection', (response) => response.destroy(), 'general'],
  ['is in trouble', write(500, '<h1>Oops</h1>'), 'general'],
  ['sends a huge body', write(200, `{"padding":"${'x'.repeat(3_000_000)}"}`), 'invalid_response'],
  ['sends a page', write(200, '<h1>Hello</h1>'), 'invalid_response'],
  ['sends an array', write(200, '[]'), 'invalid_response'],
  ['sends an empty object', write(200, '{}'), 'invalid_response'],
];

/** The names and values of a request, wherever they stand. */
function valuesOf(url: URL, body: string): Record<string, unknown> {
  const form = body.startsWith('{') ? JSON.parse(body) : Object.fromEntries(new URLSearchParams(body));
  return { ...Object.fromEntries(url.searchParams), ...form };
}

/** The rules that hold for a connector whose provider speaks a dialect, over real HTTP. */
export function testAnswers(testCase: AnswersCase): void {
  const { connector, config, steps } = testCase;
  const asked: Record<string, unknown>[] = [];
  let broken: { step: number; answer: Answer } | undefined;
  const originsOf = (request: string) => new URL(request.split(' ')[1] ?? '');

  const server = createServer(async (request, response) => {
    const body = await text(request);
    const url = new URL(request.url ?? '/', 'http://provider');
    const number = steps.findIndex((step) => {
      const [method, address] = step.request.split(' ');
      return method === request.method && new URL(address ?? '').pathname === url.pathname && isMeant(step, url, body);
    });
    const step = steps[number];
    if (!step) return write(404, '{}')(response);
    asked[number] = { ...valuesOf(url, body), headers: request.headers };
    if (broken?.step === number) return broken.answer(response);
    return write(200, `${step.prefix ?? ''}${JSON.stringify(step.answer)}`)(response);
  });

  /** Gateways have one address for all methods, told apart by a parameter. */
  const isMeant = (step: AnswerStep, url: URL, body: string): boolean =>
    step.expects?.method === undefined || valuesOf(url, body).method === step.expects.method;

  const contextWithin = (milliseconds: number): ConnectorContext => {
    const bounded = createBoundedFetch(milliseconds);
    const port = (server.address() as AddressInfo).port;
    return {
      now: () => new Date(),
      fetch: (input, init) => {
        const url = new URL(input);
        const known = steps.some((step) => originsOf(step.request).origin === url.origin);
        return bounded(known ? `http://127.0.0.1:${port}${url.pathname}${url.search}` : input, init);
      },
    };
  };

  const signIn = async (params: Record<string, string | undefined> = {}, milliseconds = PATIENCE_MS) => {
    const context = contextWithin(milliseconds);
    const { session } = await connector.authorizationUri({ config, state: STATE, redirectUri: REDIRECT_URI }, context);
    const sent = Object.fromEntries(
      Object.entries(testCase.params).map(([name, value]) => [name, value === 'STATE' ? STATE : value]),
    );
    return connector.userInfo({ config, params: { ...sent, ...params }, session }, context);
  };

  beforeAll(() => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve)));
  beforeEach(() => {
    broken = undefined;
    asked.length = 0;
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  it('says who signed in, and asks for it as the provider documents', async () => {
    const { rawData, ...user } = await signIn();
    expect(JSON.parse(JSON.stringify(user))).toEqual(testCase.expected);
    expect(JSON.stringify(rawData)).not.toMatch(/access_?token/i);
    for (const [number, step] of steps.entries()) expect(asked[number]).toMatchObject(step.expects ?? {});
  });

  it('leads the browser away with the state and without the secret', async () => {
    const request = { config, state: STATE, redirectUri: REDIRECT_URI };
    const { uri, session } = await connector.authorizationUri(request, contextWithin(PATIENCE_MS));
    expect(new URL(uri).searchParams.get('state')).toBe(STATE);
    if (!testCase.native) expect(new URL(uri).searchParams.get('redirect_uri')).toBe(REDIRECT_URI);
    expect(session).toMatchObject({ state: STATE, redirectUri: REDIRECT_URI });
    for (const { key, isConfidential } of connector.metadata.formItems) {
      if (isConfidential) expect(uri).not.toContain(encodeURIComponent(String(config[key])));
    }
  });

  it.each([
    ['the state is of another sign-in', { state: 'another' }],
    ...(testCase.native ? [] : [['the state is missing', { state: undefined }] as const]),
    ['there is no code', { code: undefined, authCode: undefined, auth_code: undefined }],
    ['the user cancelled', { error: 'access_denied' }],
  ] as const)('authorization_failed when %s', async (_title, params) => {
    await expect(signIn(params)).rejects.toMatchObject({ name: 'ConnectorError', code: 'authorization_failed' });
  });

  for (const [number, step] of steps.entries()) {
    describe(step.request, () => {
      if (step.optional) {
        it('that fails ends no sign-in', async () => {
          broken = { step: number, answer: write(200, '{"errcode":1}') };
          await expect(signIn()).resolves.toMatchObject({ id: testCase.expected.id });
        });
        return;
      }

      it.each(faults)('that %s', async (title, answer, code) => {
        broken = { step: number, answer };
        await expect(signIn({}, title === 'hangs' ? HANG_MS : PATIENCE_MS)).rejects.toMatchObject({ code });
      });

      it.each(step.refusals)('that refuses: %s', async (_title, answer, code, status = 200) => {
        broken = { step: number, answer: write(status, `${step.prefix ?? ''}${JSON.stringify(answer)}`) };
        await expect(signIn()).rejects.toMatchObject({ name: 'ConnectorError', code });
      });
    });
  }
}
