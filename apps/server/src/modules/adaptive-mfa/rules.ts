import { DAY_MS, HOUR_MS } from '../../kernel/durations.ts';
import type { AdaptiveMfa } from '../sign-in-experience/sign-in-experience.contract.ts';
import type { Signals } from './signals.ts';

export const ruleNames = ['new_country', 'geo_velocity', 'long_inactivity', 'untrusted_ip'] as const;
export type RuleName = (typeof ruleNames)[number];

/** What is known of a user's earlier sign-ins. */
export interface History {
  countries: { country: string; lastSeenAt: Date }[];
  place: { latitude: number; longitude: number; seenAt: Date } | undefined;
  lastSignInAt: Date | null;
}

/** Features 2.4: what holds where the tenant has set nothing. */
const DEFAULTS = { newCountryDays: 180, maxSpeedKmh: 900, inactivityDays: 30, minBotScore: 30 };

const EARTH_RADIUS_KM = 6371;

interface Point {
  latitude: number;
  longitude: number;
}

/** Great-circle distance by the haversine formula. */
function distanceKm(a: Point, b: Point): number {
  const radians = (degrees: number) => (degrees * Math.PI) / 180;
  const sineOfHalf = (from: number, to: number) => Math.sin((radians(to) - radians(from)) / 2) ** 2;
  const chord =
    sineOfHalf(a.latitude, b.latitude) +
    Math.cos(radians(a.latitude)) * Math.cos(radians(b.latitude)) * sineOfHalf(a.longitude, b.longitude);
  return 2 * EARTH_RADIUS_KM * Math.asin(Math.min(1, Math.sqrt(chord)));
}

/** A country not seen for a while; the very first one is no news. */
function isNewCountry({ country }: Signals, { countries }: History, now: Date, days: number): boolean {
  if (!country || countries.length === 0) return false;
  const since = now.getTime() - days * DAY_MS;
  return !countries.some((known) => known.country === country && known.lastSeenAt.getTime() >= since);
}

/** Farther from the last place than anybody travels in the time. */
function isTooFast({ latitude, longitude }: Signals, { place }: History, now: Date, maxSpeedKmh: number): boolean {
  if (latitude === undefined || longitude === undefined || !place) return false;
  const hours = (now.getTime() - place.seenAt.getTime()) / HOUR_MS;
  return distanceKm({ latitude, longitude }, place) > maxSpeedKmh * Math.max(hours, 0);
}

/** The rules that find this sign-in unlike the earlier ones. A signal that is missing triggers nothing. */
export function triggeredRules(
  signals: Signals,
  history: History,
  now: Date,
  thresholds: AdaptiveMfa['thresholds'] = {},
): RuleName[] {
  const { newCountryDays, maxSpeedKmh, inactivityDays, minBotScore } = { ...DEFAULTS, ...thresholds };
  const { lastSignInAt } = history;
  const { botScore, botVerified } = signals;
  const triggered: Record<RuleName, boolean> = {
    new_country: isNewCountry(signals, history, now, newCountryDays),
    geo_velocity: isTooFast(signals, history, now, maxSpeedKmh),
    long_inactivity: lastSignInAt !== null && now.getTime() - lastSignInAt.getTime() > inactivityDays * DAY_MS,
    untrusted_ip: botVerified === true || (botScore !== undefined && botScore < minBotScore),
  };
  return ruleNames.filter((name) => triggered[name]);
}
