import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createBoundedFetch } from './bounded-fetch.ts';
import { ConnectorError, type ConnectorErrorCode } from './connector-error.ts';
import type { EmailConnector, MessageContext, MessageReceipt, SmsConnector } from './message.ts';
import { testMetadata } from './metadata-testing.ts';
import { type MessagePayload, type TemplateType, templateTypes } from './templates.ts';

/** A request as the provider got it. */
export interface ReceivedRequest {
  method: string;
  /** The address that the connector asked for, whose host the double stands in for. */
  url: URL;
  headers: Readonly<Record<string, string | undefined>>;
  body: string;
}

interface ProviderAnswer {
  status: number;
  /** Sent as JSON, unless it is a text. */
  body: unknown;
}

interface SentMessage {
  to: string;
  type: TemplateType;
  payload: MessagePayload;
  /** What the product's own template makes of it, for connectors that send texts. */
  text: string;
}

export interface MessageConnectorCase<Kind extends EmailConnector | SmsConnector> {
  connector: Kind;
  config: Readonly<Record<string, unknown>>;
  /** Values of the configuration that nobody may see again. */
  secrets: readonly string[];
  /** What the provider answers to a message that it takes, as its documentation has it. */
  accepted: ProviderAnswer;
  /** What the connector makes of that answer. */
  receipt: MessageReceipt;
  /** Asserts that the last request is what the provider's documentation asks for. */
  expectRequest(request: ReceivedRequest, message: SentMessage): void;
  /** Answers by which the provider refuses, and what they mean. */
  refusals: readonly (readonly [title: string, answer: ProviderAnswer, code: ConnectorErrorCode])[];
  /** True when the status alone does not say that the message was taken, so that an unreadable body is a failure. */
  readsAnswer?: boolean;
}

type Answer = (response: ServerResponse) => void;

// Long enough for a busy machine.
const PATIENCE_MS = 10_000;
// A provider that hangs costs a test this much.
const HANG_MS = 300;
/** Stands in every wrong answer; it may never come out again. */
const MARKER = 'what-the-provider-wrote-in-confidence';
const CODE = '123456';

const raw =
  (status: number, body: string, headers: Record<string, string> = {}): Answer =>
  (response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(body);
  };
const giveAnswer = ({ status, body }: ProviderAnswer): Answer =>
  raw(status, typeof body === 'string' ? body : JSON.stringify(body));

type FaultRow = [title: string, answer: Answer, code: ConnectorErrorCode];

const faults: FaultRow[] = [
  ['drops the connection', (response) => response.destroy(), 'general'],
  ['answers 500 with a page', raw(500, `<h1>${MARKER}</h1>`, { 'content-type': 'text/html' }), 'general'],
  ['redirects', raw(302, MARKER, { location: 'http://127.0.0.1:1/' }), 'invalid_response'],
  ['sends a huge body', raw(200, `{"padding":"${'x'.repeat(3_000_000)}"}`), 'invalid_response'],
];
const unreadable: FaultRow[] = [
  ['sends a page for JSON', raw(200, `<h1>${MARKER}</h1>`), 'invalid_response'],
  ['sends JSON cut off', raw(200, `{"error":"${MARKER}`), 'invalid_response'],
  ['sends an empty body', raw(200, ''), 'invalid_response'],
];

/** A provider on loopback that stands in for any host. */
async function startMessageProvider() {
  const requests: ReceivedRequest[] = [];
  const hang: Answer = () => undefined;
  let answer = hang;
  const server = createServer(async (request, response) => {
    const { 'x-asked-for': asked, ...headers } = request.headers as Record<string, string>;
    requests.push({ method: request.method ?? '', url: new URL(asked ?? ''), headers, body: await text(request) });
    answer(response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const patient = createBoundedFetch(PATIENCE_MS);
  const impatient = createBoundedFetch(HANG_MS);
  const context: MessageContext = {
    fetch: (url, init) => {
      const { href, pathname, search } = new URL(url);
      const bounded = answer === hang ? impatient : patient;
      return bounded(`${origin}${pathname}${search}`, { ...init, headers: { ...init?.headers, 'x-asked-for': href } });
    },
    connect: async () => {
      throw new Error('a connector that speaks HTTP opens no socket');
    },
    now: () => new Date(),
  };
  return {
    context,
    requests,
    hang: () => {
      answer = hang;
    },
    answerWith: (next: Answer) => {
      answer = next;
    },
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

type Provider = Awaited<ReturnType<typeof startMessageProvider>>;
type Send = (type?: TemplateType, config?: Readonly<Record<string, unknown>>) => Promise<MessageReceipt>;

function testMessages<Kind extends EmailConnector | SmsConnector>(
  testCase: MessageConnectorCase<Kind>,
  to: string,
  sendBy: (provider: Provider, message: Omit<SentMessage, 'text'>, config: unknown) => Promise<MessageReceipt>,
): void {
  const payload: MessagePayload = { code: CODE, application: { name: 'Books & Co.' } };
  let started: Provider | undefined;
  const provider = (): Provider => {
    if (!started) throw new Error('the provider has not started');
    return started;
  };
  const send: Send = (type = 'SignIn', config = testCase.config) => sendBy(provider(), { to, type, payload }, config);
  beforeAll(async () => {
    started = await startMessageProvider();
  });
  beforeEach(() => {
    provider().requests.length = 0;
    provider().answerWith(giveAnswer(testCase.accepted));
  });
  afterAll(() => provider().close());

  /** Sends, which must fail with a `ConnectorError` that gives nothing away. */
  async function failure(): Promise<ConnectorError> {
    const outcome: unknown = await send().catch((error: unknown) => error);
    if (!(outcome instanceof ConnectorError)) throw new Error('expected a ConnectorError', { cause: outcome });
    const shown = JSON.stringify({ message: outcome.message, data: outcome.data, dialogue: outcome.dialogue });
    for (const secret of [MARKER, ...testCase.secrets]) expect(shown).not.toContain(secret);
    return outcome;
  }

  describe('metadata', () => testMetadata(testCase.connector, testCase.config));

  describe('a message', () => {
    it.each(templateTypes)('of type %s is handed over as the provider wants it', async (type) => {
      expect(await send(type)).toEqual(testCase.receipt);
      const [request, ...more] = provider().requests;
      expect(more).toEqual([]);
      if (!request) throw new Error('the provider was not asked');
      testCase.expectRequest(request, { to, type, payload, text: `Your code is ${CODE}.` });
    });

    it('invalid_config when required members are missing', async () => {
      const required = testCase.connector.metadata.formItems.some((item) => item.required);
      if (required) await expect(send('SignIn', {})).rejects.toMatchObject({ code: 'invalid_config' });
    });
  });

  describe('a provider', () => {
    it('that hangs', async () => {
      provider().hang();
      expect(await failure()).toMatchObject({ code: 'general' });
    });

    it.each([...faults, ...(testCase.readsAnswer ? unreadable : [])])('that %s', async (_title, answer, code) => {
      provider().answerWith(answer);
      expect(await failure()).toMatchObject({ code });
    });

    if (testCase.refusals.length > 0) {
      it.each(testCase.refusals)('that %s', async (_title, answer, code) => {
        provider().answerWith(giveAnswer(answer));
        expect(await failure()).toMatchObject({ code });
      });
    }
  });
}

/**
 * The rules that hold for every e-mail connector over HTTP, against a double of the provider on loopback.
 * Call it at the top of a test file or inside a `describe`.
 */
export function testEmailConnector(testCase: MessageConnectorCase<EmailConnector>): void {
  const fallback = { subject: 'Your code', content: 'Your code is {{code}}.', contentType: 'text/plain' } as const;
  testMessages(testCase, 'hana@example.com', ({ context }, message, config) =>
    testCase.connector.sendMessage({ ...message, config, fallback, locale: 'en' }, context),
  );
}

/** The same for SMS connectors. */
export function testSmsConnector(testCase: MessageConnectorCase<SmsConnector>): void {
  const fallback = { content: 'Your code is {{code}}.' };
  testMessages(testCase, '819012345678', ({ context }, message, config) =>
    testCase.connector.sendMessage({ ...message, config, fallback, locale: 'en' }, context),
  );
}
