// Threat class "code/OTP brute force": codes of devices, by every way in which the engine may be asked for the page.
import { beforeAll, describe, expect, test } from 'vitest';
import { createBrowser } from '../browser.ts';
import { createTestApp } from '../harness.ts';
import { field, visit } from '../pages.ts';
import { createClient } from '../protocol.ts';

const app = await createTestApp();
const DOORS = ['/oidc/device', '/oidc/Device', '/oidc/DEVICE', '/oidc/device/', '/oidc/dEvIcE/', '/oidc/device?a=b'];
/** What one address may type within an hour. */
const LIMIT = 200;
let started: Record<string, string>;

beforeAll(async () => {
  const device = await createClient(app, { type: 'Native', redirectUris: [], custom: { isDeviceFlow: true } });
  const answer = await fetch(`${app.origin}/oidc/device/auth`, {
    method: 'POST',
    body: new URLSearchParams({ client_id: device.id, scope: 'openid' }),
  });
  started = (await answer.json()) as Record<string, string>;
});

const openPage = async () => {
  const person = visit(app, createBrowser(app.origin));
  const page = await person.open(`${app.origin}/device`);
  return { person, xsrf: field(page, 'xsrf') };
};

describe.each(DOORS)('%s', (door) => {
  test('takes no code from a browser that has not opened the page', async () => {
    const stranger = createBrowser(app.origin);
    const answer = await stranger.post(`${app.origin}${door}`, { xsrf: 'made-up', user_code: started.user_code ?? '' });
    expect(answer.status).toBe(303);
    expect(answer.headers.get('location')).toContain(`/oidc/device?user_code=${started.user_code}`);
  });

  test('does not send a code that is in a link: the person sees it first (RFC 8628 §5.4)', async () => {
    const answer = await createBrowser(app.origin).get(
      `${app.origin}${door}${door.includes('?') ? '&' : '?'}user_code=${started.user_code}`,
    );
    expect(answer.status).toBe(200);
    const html = await answer.text();
    expect(html).toContain('lk-page-device');
    expect(html).toContain(`value="${started.user_code}"`);
  });
});

test('every door counts the same guesses', async () => {
  const guess = async (door: string) => {
    const { person, xsrf } = await openPage();
    return person.browser.post(`${app.origin}${door}`, { xsrf, user_code: 'BBBB-BBBB' });
  };
  const statuses: number[] = [];
  for (let round = 0; round * DOORS.length < LIMIT; round += 1) {
    statuses.push(...(await Promise.all(DOORS.map(guess))).map(({ status }) => status));
  }
  expect(statuses.filter((status) => status !== 429)).toHaveLength(LIMIT);
  expect(await Promise.all(DOORS.map(async (door) => (await guess(door)).status))).toEqual(DOORS.map(() => 429));
});
