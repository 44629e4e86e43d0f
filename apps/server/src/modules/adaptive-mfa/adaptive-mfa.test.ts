// Features 2.4: when a sign-in looks so unlike the earlier ones that a second step is asked for, at each rule's threshold
// and one step below it; and whom what a request says of its place is believed.
import { eq } from 'drizzle-orm';
import { authenticator as otp } from 'otplib';
import { describe, expect, it } from 'vitest';
import type { ExperienceClient } from '../../../test/experience.ts';
import { createFactorUsers } from '../../../test/factors.ts';
import { placesFile } from '../../../test/geoip.ts';
import { createTestApp, type TestApp } from '../../../test/harness.ts';
import { createClient } from '../../../test/protocol.ts';
import type { AdaptiveMfa } from '../sign-in-experience/sign-in-experience.contract.ts';
import { users } from '../users/users.table.ts';
import { signInCountries, signInPlaces } from './adaptive-mfa.table.ts';
import type { RuleName } from './rules.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const MINUTE = 60_000;

const GEOIP_DATABASE = placesFile({
  '127.0.0.1': { country: 'DE', latitude: 52.5, longitude: 13.4 },
  '::1': { country: 'DE', latitude: 52.5, longitude: 13.4 },
  '203.0.113.7': { country: 'FR', latitude: 48.9, longitude: 2.4 },
});
const proxied = await createTestApp({ TRUST_PROXY_HEADER: 'true', GEOIP_DATABASE });
const direct = await createTestApp({ GEOIP_DATABASE });

/** People with an authenticator app, in a tenant that asks for it only when something is odd. */
async function createPeople(app: TestApp) {
  const { newUser, withTotp, identified, settings } = createFactorUsers(app, await createClient(app));
  const set = (thresholds: AdaptiveMfa['thresholds'] = {}) =>
    settings({
      mfa: { factors: ['Totp'], policy: 'PromptOnlyAtSignInMandatory' },
      adaptiveMfa: { enabled: true, thresholds },
    });
  await set();
  const ago = (milliseconds: number) => new Date(app.scope().now.getTime() - milliseconds);
  return {
    set,
    async person() {
      const user = await newUser();
      return { ...user, secret: await withTotp(user.id) };
    },
    begin: identified,
    submit: (page: ExperienceClient, headers: Record<string, string>) =>
      page.call('POST', '/experience/submit', undefined, headers),
    async wasIn(userId: string, country: string, before: number) {
      const row = { tenantId: 'default', userId, country, lastSeenAt: ago(before) };
      await app.scope().db.insert(signInCountries).values(row);
    },
    async wasAt(userId: string, longitude: number, before: number) {
      const row = { tenantId: 'default', userId, latitude: 0, longitude, seenAt: ago(before) };
      await app.scope().db.insert(signInPlaces).values(row);
    },
    lastSignedIn: (userId: string, before: number) =>
      app
        .scope()
        .db.update(users)
        .set({ lastSignInAt: ago(before) })
        .where(eq(users.id, userId)),
    /** The rules that the trail says have asked for the second step. */
    async rulesOf(userId: string): Promise<RuleName[]> {
      const { body } = await app.api('GET', `/api/logs?userId=${userId}&logKey=AdaptiveMfa.Triggered`);
      return body.flatMap(({ payload }: { payload: { adaptiveMfaResult: { triggeredRules: { rule: RuleName }[] } } }) =>
        payload.adaptiveMfaResult.triggeredRules.map(({ rule }) => rule),
      );
    },
  };
}

const people = await createPeople(proxied);
type History = (userId: string) => Promise<unknown>;

/** A degree of the equator is 111.19 km. */
const at = (longitude: number) => ({ 'x-logto-cf-latitude': '0', 'x-logto-cf-longitude': String(longitude) });
const from = (country: string) => ({ 'x-logto-cf-country': country });
const scored = (score: number) => ({ 'x-logto-cf-bot-score': String(score) });
const seen =
  (before: number): History =>
  async (id) => {
    await people.wasIn(id, 'FR', MINUTE);
    await people.wasIn(id, 'JP', before);
  };
const anHourAgo: History = (id) => people.wasAt(id, 0, HOUR);
const away =
  (before: number): History =>
  (id) =>
    people.lastSignedIn(id, before);
const nothing: History = async () => undefined;

type Case = [title: string, rule: RuleName, asked: boolean, history: History, headers: Record<string, string>];
const cases = (title: string, limits: { days: number; idle: number; score: number; fast: number; slow: number }) =>
  [
    [`a country not seen for ${limits.days} days`, 'new_country', true, seen(limits.days * DAY + MINUTE), from('JP')],
    [`… and a minute less`, 'new_country', false, seen(limits.days * DAY - MINUTE), from('JP')],
    [`${title}: too fast to have travelled`, 'geo_velocity', true, anHourAgo, at(limits.fast)],
    [`… and a few kilometres nearer`, 'geo_velocity', false, anHourAgo, at(limits.slow)],
    [`${limits.idle} days without a sign-in`, 'long_inactivity', true, away(limits.idle * DAY + MINUTE), {}],
    [`… and a minute less`, 'long_inactivity', false, away(limits.idle * DAY - MINUTE), {}],
    [`a bot score below ${limits.score}`, 'untrusted_ip', true, nothing, scored(limits.score - 1)],
    [`… and that very score`, 'untrusted_ip', false, nothing, scored(limits.score)],
  ] satisfies Case[];

async function judge([, rule, asked, history, headers]: Case): Promise<void> {
  const { id, username, secret } = await people.person();
  await history(id);
  const page = await people.begin(username);
  const first = await people.submit(page, headers);
  if (!asked) return expect([first.status, first.body]).toEqual([200, { redirectTo: expect.any(String) }]);
  expect([first.status, first.body.code]).toEqual([403, 'session.mfa.require_mfa_verification']);
  const code = otp.clone({ epoch: proxied.scope().now.getTime() }).generate(secret);
  expect((await page.call('POST', '/experience/verification/totp/verify', { code })).status).toBe(200);
  expect((await people.submit(page, headers)).status).toBe(200);
  expect(await people.rulesOf(id)).toEqual([rule]);
}

describe('by the wire’s own thresholds', () => {
  const limits = { days: 180, idle: 30, score: 30, fast: 8.3, slow: 8.05 };
  it.each<Case>(cases('900 km/h', limits))('%s: %s, asked: %s', (...each) => judge(each));
  it.each<Case>([
    ['a crawler that the proxy knows', 'untrusted_ip', true, nothing, { 'x-logto-cf-bot-verified': 'true' }],
    ['nobody whom the proxy knows', 'untrusted_ip', false, nothing, { 'x-logto-cf-bot-verified': 'false' }],
    ['the very first country', 'new_country', false, nothing, from('JP')],
    ['what makes no sense', 'untrusted_ip', false, nothing, { 'x-logto-cf-bot-score': 'very low' }],
  ])('%s: %s, asked: %s', (...each) => judge(each));
});

describe('by thresholds of the tenant’s own', () => {
  const limits = { days: 7, idle: 3, score: 50, fast: 2.8, slow: 2.65 };
  it.each<Case>(cases('300 km/h', limits))('%s: %s, asked: %s', async (...each) => {
    await people.set({ newCountryDays: 7, maxSpeedKmh: 300, inactivityDays: 3, minBotScore: 50 });
    await judge(each);
  });
});

describe('where a request comes from', () => {
  const statusOf = async (of: typeof people, username: string, headers: Record<string, string>) =>
    (await of.submit(await of.begin(username), headers)).status;

  it('is remembered by a sign-in, and held against the next one', async () => {
    await people.set();
    const { username } = await people.person();
    expect(await statusOf(people, username, { ...from('JP'), ...at(140) })).toBe(200);
    expect(await statusOf(people, username, { ...from('JP'), ...at(140) })).toBe(200);
    expect(await statusOf(people, username, { ...from('FR'), ...at(140) })).toBe(403);
    expect(await statusOf(people, username, { ...from('JP'), ...at(2) })).toBe(403);
  });

  it('is looked up in the operator’s file, by the address that a trusted proxy forwards', async () => {
    await people.set();
    const { username } = await people.person();
    expect(await statusOf(people, username, {})).toBe(200);
    expect(await statusOf(people, username, { 'x-forwarded-for': '203.0.113.7' })).toBe(403);
    expect(await statusOf(people, username, {})).toBe(200);
  });

  it('is what a trusted proxy says, whatever the file knows', async () => {
    const { id, username } = await people.person();
    await people.wasIn(id, 'JP', MINUTE);
    expect(await statusOf(people, username, {})).toBe(403);
    expect(await statusOf(people, username, { ...from('JP'), ...at(140) })).toBe(200);
  });

  it('is nothing that a browser could say of itself where no proxy is trusted', async () => {
    const visitors = await createPeople(direct);
    const { id, username } = await visitors.person();
    const said = { ...from('JP'), ...at(140), ...scored(1), 'x-forwarded-for': '203.0.113.7' };
    await visitors.wasIn(id, 'DE', MINUTE);
    expect(await statusOf(visitors, username, said)).toBe(200);
    const stranger = await visitors.person();
    await visitors.wasIn(stranger.id, 'JP', MINUTE);
    expect(await statusOf(visitors, stranger.username, said)).toBe(403);
  });
});
