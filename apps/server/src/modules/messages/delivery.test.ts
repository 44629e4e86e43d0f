import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { eq } from 'drizzle-orm';
import { SMTPServer } from 'smtp-server';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { call, createTestApp } from '../../../test/harness.ts';
import { auditLogs } from '../../kernel/audit.ts';
import { messageDeliveries } from './messages.table.ts';

const app = await createTestApp();
const { api } = app;

const SMTP = 'simple-mail-transfer-protocol';
const mails: { to: string[]; raw: string }[] = [];
const mailServer = new SMTPServer({
  onAuth: ({ username, password }, _session, done) =>
    password === 'right' ? done(null, { user: username }) : done(new Error('who are you?')),
  onData: async (stream, { envelope }, done) => {
    mails.push({ to: envelope.rcptTo.map(({ address }) => address), raw: await text(stream) });
    done();
  },
});
await new Promise<void>((resolve) => mailServer.listen(0, '127.0.0.1', () => resolve()));
afterAll(() => new Promise<void>((resolve) => mailServer.close(() => resolve())));

const configWith = (pass: string) => ({
  host: '127.0.0.1',
  port: (mailServer.server.address() as AddressInfo).port,
  auth: { type: 'login', user: 'acme', pass },
  fromEmail: 'Acme <no-reply@acme.example>',
  tls: { rejectUnauthorized: false },
});
const setUp = (pass: string) => api('POST', '/api/connectors', { connectorId: SMTP, config: configWith(pass) });
const sendCode = (email: string, language = 'en') =>
  api('POST', '/api/verification-codes', { email }, { 'accept-language': language });
const lastDelivery = async () => (await api('GET', '/api/message-deliveries?page_size=1')).body[0];
const putTemplate = (languageTag: string, subject: string) =>
  api('PUT', '/api/email-templates', {
    templates: [
      {
        languageTag,
        templateType: 'Generic',
        details: { subject, content: 'Code {{code}}', contentType: 'text/plain' },
      },
    ],
  });

beforeEach(async () => {
  mails.length = 0;
  for (const { id } of (await api('GET', '/api/connectors')).body) await api('DELETE', `/api/connectors/${id}`);
  for (const { id } of (await api('GET', '/api/email-templates')).body)
    await api('DELETE', `/api/email-templates/${id}`);
});

describe('with an SMTP connector', () => {
  test('a code arrives by mail, and the log has the server’s answer but not the code', async () => {
    await setUp('right');
    expect((await sendCode('hana@example.com')).status).toBe(204);
    expect(mails).toMatchObject([{ to: ['hana@example.com'] }]);
    const delivery = await lastDelivery();
    expect(delivery).toMatchObject({
      channel: 'Email',
      recipient: 'hana@example.com',
      templateType: 'Generic',
      factoryId: SMTP,
      status: 'Sent',
      answer: expect.stringMatching(/^250/),
      error: null,
    });
    const code = />(\d{6})</.exec(mails[0]?.raw ?? '')?.[1];
    const answer = await api('POST', '/api/verification-codes/verify', {
      email: 'hana@example.com',
      verificationCode: code,
    });
    expect([code, answer.status]).toEqual([expect.stringMatching(/^\d{6}$/), 204]);
    expect(JSON.stringify(delivery)).not.toContain(code);
    expect((await api('GET', '/api/development-inbox/status')).body).toEqual({
      enabled: true,
      channels: { Email: false, Sms: true },
    });
  });

  test('400 when the provider refuses: the caller is told that it failed, the log why', async () => {
    await setUp('wrong');
    const answer = await sendCode('ken@example.com');
    expect(answer).toMatchObject({ status: 400, body: { code: 'connector.general' } });
    expect(JSON.stringify(answer.body)).not.toContain('535');
    const delivery = await lastDelivery();
    expect(delivery).toMatchObject({
      status: 'Failed',
      errorCode: 'authorization_failed',
      recipient: 'ken@example.com',
    });
    expect(delivery.dialogue).toMatch(/^S: 535 /m);
    expect((await api('GET', '/api/message-deliveries?status=Failed&recipient=ken@example.com')).body).toHaveLength(1);
    expect((await api('GET', '/api/message-deliveries?status=Sent&recipient=ken@example.com')).body).toHaveLength(0);
  });

  test('a message that is not delivered fails, or takes its time, as the last ones did', async () => {
    await setUp('wrong');
    await sendCode('mio@example.com');
    const pretended = app.modules.messages.codes.send(app.scope(), {
      recipient: { type: 'email', value: 'nobody@example.com' },
      purpose: 'SignIn',
      deliver: false,
    });
    await expect(pretended).rejects.toMatchObject({ code: 'connector.general' });
  });

  test('the newest connector takes the place of the one before', async () => {
    const first = (await setUp('wrong')).body.id;
    await setUp('right');
    expect((await api('GET', `/api/connectors/${first}`)).status).toBe(404);
    expect((await api('GET', '/api/connectors')).body).toHaveLength(1);
    expect((await sendCode('yui@example.com')).status).toBe(204);
  });

  test('of ten at once, one stays', async () => {
    await Promise.all(Array.from({ length: 10 }, () => setUp('right')));
    expect((await api('GET', '/api/connectors')).body).toHaveLength(1);
  });

  test('the audit trail has the configuration without the password', async () => {
    const { id } = (await setUp('very secret pass')).body;
    const trail = await app.world.database
      .forTenant('default')
      .select()
      .from(auditLogs)
      .where(eq(auditLogs.targetId, id));
    expect(trail).toMatchObject([{ payload: { after: { config: { auth: { user: 'acme', pass: '******' } } } } }]);
  });

  test.each([
    ['ja', ['en', 'ja'], 'subject ja'],
    ['pt-BR', ['en', 'pt'], 'subject pt'],
    ['fr', ['de', 'en'], 'subject en'],
    ['it', ['de'], 'Il tuo codice di verifica'],
    ['nl', ['de'], 'Your verification code'],
  ])('in %s with templates in %j the subject is %j', async (asked, there, expected) => {
    await setUp('right');
    for (const language of there) await putTemplate(language, `subject ${language}`);
    await sendCode(`reader-${asked}-${there.length}@example.com`, asked);
    const subject = /^Subject: (.*)\r$/m.exec(mails[0]?.raw ?? '')?.[1];
    expect(subject).toBe(expected);
  });
});

describe('POST /api/connectors/:factoryId/test', () => {
  test('204 with a configuration that is not saved', async () => {
    const answer = await api('POST', `/api/connectors/${SMTP}/test`, {
      email: 'me@example.com',
      config: configWith('right'),
      locale: 'ja',
    });
    expect(answer.status).toBe(204);
    expect(mails).toMatchObject([{ to: ['me@example.com'], raw: expect.stringContaining('000000') }]);
    expect((await api('GET', '/api/connectors')).body).toEqual([]);
  });

  test('401 shows what was said, without the password', async () => {
    const answer = await api('POST', `/api/connectors/${SMTP}/test`, {
      email: 'me@example.com',
      config: configWith('not the password'),
    });
    expect(answer).toMatchObject({ status: 401, body: { code: 'connector.authorization_failed' } });
    expect(answer.body.data.dialogue).toMatch(/^C: AUTH/m);
    expect(JSON.stringify(answer.body)).not.toContain('not the password');
  });

  test('400 without a recipient, and with a wrong configuration; 404 for no factory', async () => {
    const path = `/api/connectors/${SMTP}/test`;
    expect(await api('POST', path, { config: configWith('right') })).toMatchObject({
      status: 400,
      body: { code: 'connector.insufficient_request_parameters' },
    });
    expect(await api('POST', path, { email: 'a@b.cc', config: {} })).toMatchObject({
      status: 400,
      body: { code: 'connector.invalid_config' },
    });
    expect((await api('POST', '/api/connectors/nope/test', { email: 'a@b.cc', config: {} })).status).toBe(404);
    expect((await call(`${app.origin}${path}`, 'POST', { email: 'a@b.cc', config: {} })).status).toBe(401);
  });
});

describe('without a connector', () => {
  test('501 when the development inbox is off', async () => {
    const other = await createTestApp({ DEVELOPMENT_INBOX: 'false' });
    expect(await other.api('POST', '/api/verification-codes', { email: 'a@example.com' })).toMatchObject({
      status: 501,
      body: { code: 'connector.not_found' },
    });
    expect((await other.api('GET', '/api/development-inbox/status')).body.enabled).toBe(false);
  });

  test('the inbox keeps the newest 200, and is cleared', async () => {
    for (let at = 0; at < 205; at++)
      await app.modules.messages.send(app.scope(), {
        recipient: { type: 'email', value: `m${at}@example.com` },
        type: 'OrganizationInvitation',
        link: 'https://app.example.com/x',
        context: { organization: { name: 'Acme' } },
      });
    const answer = await api('GET', '/api/development-inbox');
    expect(answer.headers.get('total-number')).toBe('200');
    expect(answer.body[0]).toMatchObject({
      recipient: 'm204@example.com',
      link: 'https://app.example.com/x',
      subject: 'You are invited to Acme',
    });
    expect((await api('GET', `/api/development-inbox/${answer.body[0].id}`)).body).toEqual(answer.body[0]);
    expect((await api('DELETE', '/api/development-inbox')).status).toBe(204);
    expect((await api('GET', '/api/development-inbox')).body).toEqual([]);
    expect((await api('GET', `/api/development-inbox/${answer.body[0].id}`)).status).toBe(404);
  });
});

test('the delivery log is kept for 30 days', async () => {
  await setUp('right');
  await sendCode('last@example.com');
  app.advance(31 * 86_400_000);
  await app.runJob('delete-old-messages');
  expect(await app.world.database.forTenant('default').select().from(messageDeliveries)).toEqual([]);
});
