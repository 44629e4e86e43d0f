// Threat class "lock-out as a weapon, resources of the tenant": messages and files that strangers cause (SMS pumping).
import { expect, test } from 'vitest';
import { startExperience } from '../experience.ts';
import { createTestApp } from '../harness.ts';
import { createClient } from '../protocol.ts';

const app = await createTestApp({ TRUST_PROXY_HEADER: 'true' });
const client = await createClient(app);
await app.api('PATCH', '/api/sign-in-exp', { signUp: { identifiers: ['email'], password: false, verify: true } });

const begin = async () => {
  const page = await startExperience(app, client);
  await page.call('PUT', '/experience', { interactionEvent: 'Register' });
  return page;
};
const from = (ip: string) => ({ 'x-forwarded-for': ip });
const tally = (statuses: readonly number[]) =>
  [200, 429].map((status) => statuses.filter((one) => one === status).length);

test('one address causes 200 messages in ten minutes, whomever they go to; others are not kept waiting', async () => {
  const page = await begin();
  const send = async (number: number, ip: string) => {
    const identifier = { type: 'email', value: `pumped-${ip.replaceAll(':', '-')}-${number}@example.com` };
    const body = { identifier, interactionEvent: 'Register' };
    return (await page.call('POST', '/experience/verification/verification-code', body, from(ip))).status;
  };
  const statuses: number[] = [];
  for (let sent = 0; sent < 210; sent += 10) {
    // Of an IPv6 network a client has every address.
    const ips = Array.from({ length: 10 }, (_, at) => `2001:4860:1:2::${sent + at + 1}`);
    for (const [at, ip] of ips.entries()) statuses.push(await send(sent + at, ip));
  }
  expect(tally(statuses)).toEqual([200, 10]);
  expect(await send(0, '192.0.2.7')).toBe(200);
  app.advance(600_001);
  expect(await send(1000, '2001:4860:1:2::1')).toBe(200);
});

test('who has no account yet uploads sixty pictures an hour from one address', async () => {
  const page = await begin();
  const picture = Buffer.from(
    '<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"><path d="M0 0h8v8z"/></svg>',
  );
  const upload = async (ip: string) => {
    const body = new FormData();
    body.set('file', new Blob([picture]), 'a.svg');
    const cookie = `_interaction=${page.browser.cookie('_interaction')}`;
    const url = `${app.origin}/api/experience/user-assets/avatar`;
    return (await fetch(url, { method: 'POST', body, headers: { cookie, ...from(ip) } })).status;
  };
  const statuses: number[] = [];
  for (let sent = 0; sent < 65; sent += 1) statuses.push(await upload('192.0.2.8'));
  expect(tally(statuses)).toEqual([60, 5]);
  expect(await upload('192.0.2.9')).toBe(200);
});
