// SMTP against a mail server of another making: aiosmtpd, of PyPI.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, vi } from 'vitest';
import { pythonWith } from '../../../../e2e/python.ts';
import { localhostCertificate } from '../certificate.ts';
import { createTestApp, freePort } from '../harness.ts';
import { type Program, startProgram, testAgainst } from './program.ts';

const SMTP = 'simple-mail-transfer-protocol';
const USER = 'mailer';
const PASSWORD = 'Brass-latch-9-door';
const folder = path.join(import.meta.dirname, 'mail-server');

const app = await createTestApp();
const python = await pythonWith('aiosmtpd', path.join(folder, 'requirements.txt'));
const port = await freePort();
const server: Program | undefined = python === undefined ? undefined : await startMailServer(python);

async function startMailServer(command: string): Promise<Program> {
  const secrets = await mkdtemp(path.join(tmpdir(), 'latchkey-mail-'));
  afterAll(() => rm(secrets, { recursive: true, force: true }));
  const [certificate, key] = [path.join(secrets, 'cert.pem'), path.join(secrets, 'key.pem')];
  await writeFile(certificate, localhostCertificate.cert);
  await writeFile(key, localhostCertificate.key);
  const script = path.join(folder, 'mail_server.py');
  return startProgram(command, [script, String(port), certificate, key, USER, PASSWORD], { port });
}

interface Mail {
  from: string;
  to: string[];
  raw: string;
  tls: boolean;
  user: string;
}
const mails = (): Mail[] => (server?.lines ?? []).map((line) => JSON.parse(line));

const configWith = (pass: string, change: object = {}) => ({
  host: 'localhost',
  port,
  auth: { type: 'login', user: USER, pass },
  fromEmail: 'Acme <no-reply@acme.example>',
  requireTLS: true,
  tls: { ca: localhostCertificate.cert },
  ...change,
});
const sendTest = (email: string, config: object) => app.api('POST', `/api/connectors/${SMTP}/test`, { email, config });

testAgainst(server)('a code is delivered by STARTTLS after a password', async () => {
  const created = await app.api('POST', '/api/connectors', { connectorId: SMTP, config: configWith(PASSWORD) });
  expect(created.status, JSON.stringify(created.body)).toBe(200);
  expect((await app.api('POST', '/api/verification-codes', { email: 'hana@example.com' })).status).toBe(204);
  await vi.waitFor(() => expect(mails()).toHaveLength(1), { timeout: 20_000 });
  expect(mails()[0]).toMatchObject({ from: 'no-reply@acme.example', to: ['hana@example.com'], tls: true, user: USER });
  expect(mails()[0]?.raw).toMatch(/^From: Acme <no-reply@acme\.example>\r$/m);
  const verificationCode = /\b\d{6}\b/.exec(mails()[0]?.raw.split('\r\n\r\n').slice(1).join() ?? '')?.[0];
  const verified = await app.api('POST', '/api/verification-codes/verify', {
    email: 'hana@example.com',
    verificationCode,
  });
  expect(verified.status, verificationCode).toBe(204);
  const [delivery] = (await app.api('GET', '/api/message-deliveries?recipient=hana@example.com')).body;
  expect(delivery).toMatchObject({ status: 'Sent', answer: '250 2.0.0 taken for delivery' });
});

testAgainst(server)('401 for a wrong password, with what both sides said and without the password', async () => {
  const answer = await sendTest('me@example.com', configWith('Wrong-latch-1-door'));
  expect(answer).toMatchObject({ status: 401, body: { code: 'connector.authorization_failed' } });
  const { dialogue } = answer.body.data;
  expect(dialogue).toMatch(/^C: STARTTLS/m);
  expect(dialogue).toMatch(/^C: AUTH/m);
  expect(dialogue).toMatch(/^S: 535 5\.7\.8 /m);
  expect(JSON.stringify(answer.body)).not.toContain('Wrong-latch-1-door');
});

testAgainst(server)('400 for a recipient that the server refuses, in its own words', async () => {
  const answer = await sendTest('nobody@example.com', configWith(PASSWORD));
  expect(answer).toMatchObject({ status: 400, body: { code: 'connector.invalid_request_parameters' } });
  expect(answer.body.data.dialogue).toContain('S: 550 5.1.1 nobody of that name lives here');
});

testAgainst(server)('400 for a certificate that nobody vouches for: no password is sent', async () => {
  const answer = await sendTest('me@example.com', configWith(PASSWORD, { tls: {} }));
  expect(answer).toMatchObject({ status: 400, body: { code: 'connector.general' } });
  expect(answer.body.data.dialogue).not.toMatch(/^C: AUTH/m);
});
