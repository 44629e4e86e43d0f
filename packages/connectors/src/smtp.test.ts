import { type AddressInfo, connect, createServer, type Server } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ConnectorError, MessageContext, TemplateType } from '@latchkey/connector-kit';
import { createBoundedFetch, testMetadata } from '@latchkey/connector-kit/testing';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { smtp } from './smtp.ts';

const USER = 'mailer';
const PASSWORD = 'very secret pass';
const ACCESS_TOKEN = 'very-secret-access-token';

interface Received {
  from: string;
  to: string[];
  raw: string;
  secure: boolean;
}

const received: Received[] = [];
const servers: { close(done: () => void): unknown }[] = [];

async function listen(server: Server | SMTPServer): Promise<number> {
  const inner = server instanceof SMTPServer ? server.server : server;
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  return (inner.address() as AddressInfo).port;
}

/** A real mail server, strict about who sends. */
const startMailServer = (options: SMTPServerOptions = {}): Promise<number> =>
  listen(
    new SMTPServer({
      authMethods: ['PLAIN', 'LOGIN', 'XOAUTH2'],
      onAuth: ({ method, username, password, accessToken }, _session, done) => {
        const good = method === 'XOAUTH2' ? accessToken === ACCESS_TOKEN : password === PASSWORD;
        if (username === USER && good) done(null, { user: USER });
        else done(Object.assign(new Error('who are you?'), { responseCode: 535 }));
      },
      onRcptTo: ({ address }, _session, done) =>
        address.startsWith('nobody@') ? done(Object.assign(new Error('no such user'), { responseCode: 550 })) : done(),
      onData: async (stream, { envelope, secure }, done) => {
        const raw = await text(stream);
        const from = envelope.mailFrom === false ? '' : envelope.mailFrom.address;
        received.push({ from, to: envelope.rcptTo.map(({ address }) => address), raw, secure });
        done();
      },
      ...options,
    }),
  );

const context: MessageContext = {
  fetch: createBoundedFetch(5_000),
  connect: ({ host, port }) =>
    new Promise((resolve, reject) => {
      const socket = connect({ host, port }, () => resolve(socket)).once('error', reject);
    }),
  now: () => new Date(),
};

let plain: number;
let encrypted: number;
beforeAll(async () => {
  plain = await startMailServer();
  encrypted = await startMailServer({ secure: true });
});
beforeEach(() => {
  received.length = 0;
});
afterAll(() => Promise.all(servers.map((server) => new Promise<void>((resolve) => server.close(() => resolve())))));

const base = () => ({
  host: '127.0.0.1',
  port: plain,
  auth: { type: 'login', user: USER, pass: PASSWORD },
  fromEmail: 'Acme <no-reply@acme.example>',
  requireTLS: true,
  // The test server's certificate is of its own making.
  tls: { rejectUnauthorized: false },
});
const fallback = { subject: 'Your code', content: '<p>{{code}}</p>', contentType: 'text/html' } as const;
const send = (config: Record<string, unknown> = {}, message: object = {}) =>
  smtp.sendMessage(
    {
      config: { ...base(), ...config },
      to: 'hana@example.com',
      type: 'SignIn' as TemplateType,
      payload: { code: '123456' },
      fallback,
      ...message,
    },
    context,
  );
const failure = async (...attempt: Parameters<typeof send>): Promise<ConnectorError> => {
  const outcome: unknown = await send(...attempt).then(
    () => new Error('it was sent'),
    (error: unknown) => error,
  );
  expect(outcome).toMatchObject({ name: 'ConnectorError' });
  expect(JSON.stringify(outcome)).not.toContain(PASSWORD);
  return outcome as ConnectorError;
};

describe('metadata', () =>
  testMetadata(smtp, { host: 'smtp.example.com', port: 587, auth: { type: 'none' }, fromEmail: 'a@b.example' }));

describe('a message', () => {
  it('arrives encrypted by STARTTLS, and the receipt has the server’s answer', async () => {
    const receipt = await send();
    expect(receipt).toEqual({ answer: expect.stringMatching(/^250 /), messageId: expect.stringMatching(/^<.+@.+>$/) });
    expect(received).toHaveLength(1);
    expect(received[0]).toMatchObject({ from: 'no-reply@acme.example', to: ['hana@example.com'], secure: true });
    expect(received[0]?.raw).toContain('From: Acme <no-reply@acme.example>');
    // Both forms: the plain one for readers that show no HTML (RFC 2046 §5.1.4).
    expect(received[0]?.raw).toContain('<p>123456</p>');
    expect(received[0]?.raw).toMatch(/multipart\/alternative.*text\/plain.*\n123456\r?\n.*text\/html/s);
  });

  it('arrives by TLS from the start', async () => {
    await send({ port: encrypted, secure: true });
    expect(received[0]).toMatchObject({ secure: true });
  });

  it('arrives with an access token, of one’s own or asked for', async () => {
    await send({ auth: { type: 'oauth2', user: USER, accessToken: ACCESS_TOKEN } });
    const fetch = async () => Response.json({ access_token: ACCESS_TOKEN });
    const auth = {
      type: 'oauth2',
      user: USER,
      clientId: 'c',
      refreshToken: 'r',
      accessUrl: 'https://id.example/token',
    };
    const request = {
      config: { ...base(), auth },
      to: 'ken@example.com',
      type: 'SignIn' as const,
      payload: {},
      fallback,
    };
    await smtp.sendMessage(request, { ...context, fetch });
    expect(received.map(({ to }) => to)).toEqual([['hana@example.com'], ['ken@example.com']]);
  });

  it('is made of the tenant’s text, else of the connector’s, else of the product’s', async () => {
    const templates = [
      { usageType: 'Generic', type: 'text/plain', subject: 'From the connector', content: '{{code}}' },
    ];
    const template = { subject: 'From the tenant', content: '{{code}}', contentType: 'text/plain' };
    await send({ templates }, { template });
    await send({ templates });
    await send();
    const subjects = received.map(({ raw }) => /^Subject: (.*)$/m.exec(raw)?.[1]);
    expect(subjects).toEqual(['From the tenant', 'From the connector', 'Your code']);
  });

  it('names the sender and the address for replies that its template names', async () => {
    const template = { ...fallback, sendFrom: '{{application.name}}', replyTo: 'help@acme.example' };
    await send({ replyTo: 'other@acme.example' }, { template, payload: { application: { name: 'Büro & Co' } } });
    expect(received[0]?.raw).toMatch(/^From: .+ <no-reply@acme\.example>$/m);
    expect(received[0]?.raw).toMatch(/^Reply-To: help@acme\.example$/m);
  });

  it('has the configured header fields', async () => {
    await send({ customHeaders: { 'X-Stream': 'transactional' } });
    expect(received[0]?.raw).toMatch(/^X-Stream: transactional$/m);
  });
});

describe('header injection', () => {
  const injected = 'Hana\r\nBcc: victim@example.com\r\n\r\nbody';

  it('is one line of subject and sender, and nobody else is written to', async () => {
    const template = { ...fallback, subject: 'Hi {{user.name}}', sendFrom: '{{user.name}}', replyTo: '{{user.name}}' };
    await send({}, { template, payload: { user: { name: injected } } });
    expect(received[0]?.to).toEqual(['hana@example.com']);
    const [head = ''] = received[0]?.raw.split('\r\n\r\n') ?? [];
    expect(head).not.toMatch(/^Bcc:/im);
  });

  it.each(['a@example.com, victim@example.com', 'a@example.com\r\nBcc: victim@example.com'])(
    'by the recipient %j reaches nobody else',
    async (to) => {
      await send({}, { to }).catch(() => undefined);
      for (const mail of received) expect(mail.to).not.toContain('victim@example.com');
    },
  );

  it.each([
    ['fromEmail', 'no-reply@acme.example\r\nBcc: victim@example.com'],
    ['customHeaders', { 'X-A': 'a\r\nBcc: victim@example.com' }],
    ['customHeaders', { 'X-A\r\nBcc': 'victim@example.com' }],
    ['name', 'here\r\nMAIL FROM:<a@b.example>'],
  ])('by the configuration’s %s is refused', async (member, value) => {
    expect(await failure({ [member]: value })).toMatchObject({ code: 'invalid_config' });
  });
});

describe('a failure tells what was said, without secrets', () => {
  it('authorization_failed for a wrong password', async () => {
    const error = await failure({ auth: { type: 'login', user: USER, pass: 'wrong password of mine' } });
    expect(error).toMatchObject({ code: 'authorization_failed', data: { responseCode: 535 } });
    expect(error.dialogue).toMatch(/^S: 220 /m);
    expect(error.dialogue).toMatch(/^C: EHLO /m);
    expect(error.dialogue).toMatch(/^C: AUTH PLAIN /m);
    expect(error.dialogue).toMatch(/^S: 535 /m);
    const masked = Buffer.from('wrong password of mine').toString('base64').slice(4, 20);
    expect(error.dialogue).not.toContain('wrong password of mine');
    expect(error.dialogue).not.toContain(masked);
    expect(error.dialogue).not.toContain(Buffer.from(`\0${USER}\0wrong password of mine`).toString('base64'));
  });

  it('authorization_failed without credentials where they are wanted', async () => {
    expect(await failure({ auth: { type: 'none' } })).toMatchObject({ dialogue: expect.stringMatching(/^S: 530 /m) });
  });

  it('invalid_request_parameters for a recipient that the server refuses', async () => {
    const error = await failure({}, { to: 'nobody@example.com' });
    expect(error).toMatchObject({ code: 'invalid_request_parameters', data: { responseCode: 550 } });
    expect(error.dialogue).toContain('no such user');
  });

  it('general for a certificate that nobody vouches for', async () => {
    expect(await failure({ tls: undefined })).toMatchObject({ code: 'general' });
    expect(received).toEqual([]);
  });

  it('general where STARTTLS is required and not offered: no password is sent', async () => {
    const port = await startMailServer({ hideSTARTTLS: true, disabledCommands: ['STARTTLS'] });
    const error = await failure({ port });
    expect(error.dialogue).not.toMatch(/^C: AUTH/m);
    expect(await failure({ port, requireTLS: undefined })).toMatchObject({ code: 'general' });
    await send({ port, requireTLS: false });
    expect(received).toMatchObject([{ secure: false }]);
  });

  it('invalid_response for a server of another kind', async () => {
    const port = await listen(createServer((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')));
    expect(await failure({ port })).toMatchObject({ code: expect.stringMatching(/^(invalid_response|general)$/) });
  });

  it('general when nothing listens', async () => {
    expect(await failure({ port: 1 })).toMatchObject({
      code: 'general',
      dialogue: expect.stringContaining('connecting to'),
    });
  });

  it('general for a server that never greets, within the time limit', async () => {
    const port = await listen(createServer(() => undefined));
    const begin = Date.now();
    expect(await failure({ port, greetingTimeout: 200 })).toMatchObject({ code: 'general' });
    expect(Date.now() - begin).toBeLessThan(5_000);
  });

  it('a server that never stops talking fills no memory', async () => {
    const port = await listen(
      createServer(async (socket) => {
        socket.on('error', () => undefined);
        while (!socket.destroyed) {
          socket.write(`220-${'x'.repeat(65_536)}\r\n`);
          await sleep(1);
        }
      }),
    );
    const error = await failure({ port, greetingTimeout: 3_000 });
    expect(error.dialogue?.length).toBeLessThan(200_000);
  });
});

describe('configuration', () => {
  const accepts = (change: Record<string, unknown>) => smtp.configSchema.safeParse({ ...base(), ...change });

  it('empty fields of a form mean nothing is set (logto#3784)', () => {
    const empty = { connectionTimeout: '', socketTimeout: null, replyTo: '', name: '', servername: '', port: '465' };
    expect(accepts(empty)).toMatchObject({ success: true, data: { port: 465 } });
  });

  it('a login without a type is one', () => {
    expect(accepts({ auth: { user: 'u', pass: 'p' } }).success).toBe(true);
  });

  it.each([
    [{ auth: { type: 'oauth2', user: 'u' } }],
    [{ auth: { type: 'oauth2', user: 'u', refreshToken: 'r' } }],
    [{ fromEmail: 'not an address' }],
    [{ port: 0 }],
    [{ socketTimeout: 3_600_000 }],
  ])('%j is refused', (change) => {
    expect(accepts(change).success).toBe(false);
  });
});
