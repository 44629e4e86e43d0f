// Threat class "log injection": what strangers write must begin no line, no message, no cell and no escape of its own,
// wherever it is recorded.
import { expect, test, vi } from 'vitest';
import { createTestApp } from '../harness.ts';
import { createLogSink } from '../log-sink.ts';
import { startSignIn } from '../pages.ts';
import { createClient } from '../protocol.ts';
import { createReceiver } from '../receiver.ts';
import { createSyslogReceiver } from '../syslog.ts';

const sink = createLogSink();
const app = await createTestApp({}, { log: sink.log });
const { api } = app;
const ESCAPE = '\u001b[2K';
const FORGED = `eve\r\n{"level":50,"msg":"forged"}\r\n<13>1 - forged forged - - - forged\n=cmd()\u2028${ESCAPE}`;

const client = await createClient(app);
const receiver = await createReceiver();
const syslog = await createSyslogReceiver();
await api('POST', '/api/hooks', { events: ['User.SignIn.Failed'], config: { url: receiver.url } });
await api('PUT', '/api/configs/audit-streams/http', { url: receiver.url });
await api('PUT', '/api/configs/audit-streams/syslog', { host: 'localhost', port: syslog.port, tls: false });

const { visitor, page } = await startSignIn(app, client);
await visitor.submit(page, '/sign-in', { identifier: FORGED, password: 'wrong-password' });
await api('POST', '/api/users', { username: 'mallory', name: FORGED });
await fetch(`${app.origin}/oidc/token`, {
  method: 'POST',
  body: new URLSearchParams({ grant_type: FORGED, client_id: FORGED, client_secret: FORGED }),
});
await fetch(`${app.origin}/oidc/auth?client_id=${encodeURIComponent(FORGED)}`);
await fetch(`${app.origin}/api/${encodeURIComponent(FORGED)}`, { headers: { authorization: 'Bearer x' } });
await app.modules.flush();

const isForged = (line: string) => /^(?:\{"level":50,"msg":"forged"|<13>|=cmd)/.test(line);

test('each line of the process log is one entry of ours', () => {
  const lines = sink.text().trimEnd().split('\n');
  expect(lines.length).toBeGreaterThan(5);
  for (const line of lines) expect(JSON.parse(line)).toMatchObject({ level: expect.any(Number) });
  expect(lines.filter(isForged)).toEqual([]);
  expect(sink.text()).not.toContain('\u001b');
});

test('each line of an export is one entry, and no cell is run by a spreadsheet', async () => {
  const ndjson = (await api('GET', '/api/logs/export?format=ndjson')).body.trimEnd().split('\n');
  const total = Number((await api('GET', '/api/logs')).headers.get('total-number'));
  // The second request's own token is old; nothing was written in between.
  expect(ndjson).toHaveLength(total);
  for (const line of ndjson) expect(JSON.parse(line)).toMatchObject({ key: expect.any(String) });
  const csv: string = (await api('GET', '/api/logs/export?format=csv')).body;
  expect(csv.split('\n').filter(isForged)).toEqual([]);
  expect(csv).not.toContain(ESCAPE);
});

test('each message of a stream is one entry, over syslog and over HTTP', async () => {
  await vi.waitFor(
    async () => {
      await app.runJob('stream-audit-logs');
      expect(syslog.messages.join('')).toContain('mallory');
      expect(receiver.requests.map(({ text }) => text).join('')).toContain('mallory');
    },
    { timeout: 30_000 },
  );
  for (const message of syslog.messages) {
    expect(message).toMatch(/^<1\d\d>1 /);
    expect(message).not.toMatch(/\p{Cc}/u);
  }
  for (const { text } of receiver.requests) {
    for (const line of text.trimEnd().split('\n')) expect(JSON.parse(line)).toMatchObject({ tenantId: 'default' });
  }
});

test('a webhook’s body is one object, on one line', async () => {
  receiver.requests.length = 0;
  await app.modules.deliverer.start();
  await vi.waitFor(() => expect(receiver.requests).toHaveLength(1), { timeout: 30_000 });
  await app.modules.deliverer.stop();
  expect(receiver.requests[0]?.text).not.toMatch(/\p{Cc}/u);
  expect(receiver.requests[0]?.body).toMatchObject({ event: 'User.SignIn.Failed' });
});
