// Threat class "SSRF": mail hosts and message endpoints are addresses that an administrator of a tenant chooses.
import { createServer as createHttpServer } from 'node:http';
import { type AddressInfo, createServer } from 'node:net';
import { afterAll, expect, test } from 'vitest';
import { createEgressConnect } from '../../src/kernel/egress.ts';
import { createTestApp } from '../harness.ts';

const app = await createTestApp();

let connections = 0;
const internal = createServer((socket) => {
  connections += 1;
  socket.on('error', () => undefined);
  socket.end('220 what an internal service says\r\n');
});
await new Promise<void>((resolve) => internal.listen(0, '127.0.0.1', resolve));
const SECRET = 'internal-secret-of-the-cloud';
const web = createHttpServer((_request, response) => response.writeHead(400).end(JSON.stringify({ error: SECRET })));
await new Promise<void>((resolve) => web.listen(0, '127.0.0.1', resolve));
afterAll(() => {
  internal.close();
  web.close();
});
const { port } = internal.address() as AddressInfo;

const forbidden = [
  '127.0.0.1',
  'localhost',
  '::1',
  '[::1]',
  '0.0.0.0',
  '10.0.0.1',
  '172.16.0.1',
  '192.168.0.1',
  '169.254.169.254',
  'fd00::1',
  '::ffff:127.0.0.1',
  '::ffff:7f00:1',
  '64:ff9b::7f00:1',
  '2002:7f00:1::',
];

test.each(forbidden)('a socket to %s is refused on a server that others reach', async (host) => {
  const connect = createEgressConnect({ allowed: [], allowLoopback: false });
  await expect(connect({ host, port, timeoutMs: 2_000 })).rejects.toMatchObject({
    name: 'EgressError',
    reason: 'address_not_allowed',
  });
  expect(connections).toBe(0);
});

test('control: the same socket opens to a host that the operator allows', async () => {
  const connect = createEgressConnect({ allowed: ['127.0.0.1'], allowLoopback: false });
  const socket = await connect({ host: '127.0.0.1', port, timeoutMs: 2_000 });
  socket.destroy();
  expect(connections).toBe(1);
});

test.each(['10.0.0.1', '169.254.169.254', '192.168.1.1'])(
  'a test send by SMTP at %s is refused before a byte is sent',
  async (host) => {
    const config = { host, port: 25, auth: { type: 'none' }, fromEmail: 'a@example.com' };
    const answer = await app.api('POST', '/api/connectors/simple-mail-transfer-protocol/test', {
      email: 'a@example.com',
      config,
    });
    expect(answer).toMatchObject({ status: 400, body: { code: 'connector.general' } });
    expect(answer.body.data.dialogue).not.toContain('connected');
  },
);

test.each(['http-email', 'http-sms'])(
  'a test send by %s tells nothing of what an internal service answers',
  async (factory) => {
    const endpoint = `http://127.0.0.1:${(web.address() as AddressInfo).port}/latest/meta-data`;
    const body = { email: 'a@example.com', phone: '819012345678', config: { endpoint } };
    const answer = await app.api('POST', `/api/connectors/${factory}/test`, body);
    expect(answer).toMatchObject({ status: 400, body: { code: 'connector.invalid_response' } });
    expect(JSON.stringify(answer.body)).not.toContain(SECRET);
    const metadata = { ...body, config: { endpoint: 'https://169.254.169.254/latest/meta-data' } };
    expect(await app.api('POST', `/api/connectors/${factory}/test`, metadata)).toMatchObject({
      status: 400,
      body: { code: 'connector.general' },
    });
  },
);
