// Threat class "SSRF through webhooks": private ranges in every spelling, names that change their address, redirects, and
// answers of any size and any slowness.
import type { LookupAddress, LookupOptions } from 'node:dns';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { createTestApp } from '../harness.ts';
import { createReceiver } from '../receiver.ts';

/** Names of an attacker's, whose answers differ from one question to the next. */
const rebound = vi.hoisted(() => ({ asked: 0, answers: ['127.0.0.1', '::ffff:127.0.0.1', '10.0.0.1', 'fd00::1'] }));
vi.mock('node:dns', async (original) => {
  const dns = await original<typeof import('node:dns')>();
  const lookup = (name: string, options: LookupOptions, answer: (error: null, found: LookupAddress[]) => void) => {
    if (!name.endsWith('.rebind.example')) return dns.lookup(name, options, answer as never);
    const address = rebound.answers[rebound.asked++ % rebound.answers.length] ?? '';
    answer(null, [{ address, family: address.includes(':') ? 6 : 4 }]);
  };
  return { ...dns, lookup };
});

const inside = await createReceiver();
const allowed = await createReceiver();
// Not a trial on one's own machine, so loopback is as private as any other address; one receiver is let through.
const app = await createTestApp({
  ENDPOINT: 'https://id.example.com',
  EGRESS_ALLOWED_HOSTS: new URL(allowed.url).host,
});
const { port } = new URL(inside.url);
let id: string;

beforeAll(async () => {
  const config = { url: allowed.url };
  const { body } = await app.api('POST', '/api/hooks', { events: ['User.Created'], config });
  id = body.id;
});

const send = (url: string) => app.api('POST', `/api/hooks/${id}/test`, { events: ['User.Created'], config: { url } });

test.each([
  `http://127.0.0.1:${port}/`,
  `http://localhost:${port}/`,
  `http://[::1]:${port}/`,
  `http://[::ffff:127.0.0.1]:${port}/`,
  `http://[64:ff9b::7f00:1]:${port}/`,
  `http://[64:ff9b:1:7f00:0:100:808:808]:${port}/`,
  `http://[::7f00:1]:${port}/`,
  `http://[2002:7f00:1::]:${port}/`,
  `http://[fec0::1]:${port}/`,
  `http://2130706433:${port}/`,
  `http://0x7f.1:${port}/`,
  `http://0.0.0.0:${port}/`,
  'http://10.0.0.1/',
  'http://169.254.169.254/latest/meta-data/',
  'http://[fd00::1]/',
])('%s is not reached', async (url) => {
  const answer = await send(url);
  expect(answer).toMatchObject({ status: 422, body: { code: 'hook.send_test_payload_failed' } });
  expect(inside.requests).toEqual([]);
});

test('a name is judged by the very address that would be connected to, each time anew', async () => {
  for (let times = 1; times <= rebound.answers.length; times++) {
    const answer = await send(`http://a.rebind.example:${port}/`);
    expect(answer).toMatchObject({ status: 422, body: { code: 'hook.send_test_payload_failed' } });
    // One question a connection: there is no second answer that could differ from the one that was judged.
    expect(rebound.asked).toBe(times);
  }
  expect(inside.requests).toEqual([]);
});

describe('a receiver that is allowed', () => {
  test('cannot hold a request for ever: its silence is a failure after ten seconds', async () => {
    allowed.answer = () => null;
    const started = Date.now();
    expect(await send(allowed.url)).toMatchObject({ status: 422, body: { code: 'hook.send_test_payload_failed' } });
    expect(Date.now() - started).toBeGreaterThan(9_000);
    expect(Date.now() - started).toBeLessThan(30_000);
  });

  test('leads nowhere else: redirects are failures', async () => {
    allowed.answer = () => ({ status: 302, headers: { location: inside.url } });
    expect(await send(allowed.url)).toMatchObject({ status: 422, body: { data: { responseStatus: 302 } } });
    expect(inside.requests).toEqual([]);
  });

  test('cannot fill the memory: an answer over a megabyte is a failure', async () => {
    allowed.answer = () => ({ status: 200, body: 'x'.repeat(2_000_000) });
    expect(await send(allowed.url)).toMatchObject({ status: 422, body: { code: 'hook.send_test_payload_failed' } });
  });

  test('is not quoted: what it answers is in no log of requests and in no delivery', async () => {
    allowed.answer = () => ({ status: 500, body: 'internal-detail' });
    await app.modules.deliverer.start();
    await app.api('POST', '/api/users', { username: 'ssrf' });
    await vi.waitFor(async () => {
      const recent = await app.api('GET', `/api/hooks/${id}/recent-logs`);
      expect(recent.body).toHaveLength(1);
      expect(JSON.stringify(recent.body)).not.toContain('internal-detail');
    });
    const pending = await app.api('GET', `/api/hooks/${id}/deliveries?state=pending`);
    expect(JSON.stringify(pending.body)).not.toContain('internal-detail');
    await app.modules.deliverer.stop();
  });
});
