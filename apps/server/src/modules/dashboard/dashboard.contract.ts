import { z } from 'zod';
import { defineOperation } from '../../kernel/wire.contract.ts';

const tag = 'Dashboard';

const day = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/, 'must be a day such as 2026-01-31')
  .describe('A day in UTC.');
const realDay = day.refine((text) => !Number.isNaN(Date.parse(text)), 'is not a day of the calendar');
const count = z.number().int();
const change = z.object({ count, delta: count.describe('Difference from the period of equal length before it.') });

/** Longest period that figures are given for, in days. */
export const MAX_DASHBOARD_DAYS = 90;
const period = {
  date: realDay.optional().describe('Last day of the period; today when it is not sent.'),
  days: z.coerce.number().int().min(1).max(MAX_DASHBOARD_DAYS).default(30).describe('Length of the period.'),
};

export const getTotalUsers = defineOperation({
  method: 'GET',
  path: '/api/dashboard/users/total',
  tag,
  summary: 'Count users',
  description: 'How many users the tenant has.',
  response: { 200: z.object({ totalUserCount: count }) },
});

export const getNewUsers = defineOperation({
  method: 'GET',
  path: '/api/dashboard/users/new',
  tag,
  summary: 'Count new users',
  description: 'Users created today and in the last seven days (UTC), today being one of them.',
  response: { 200: z.object({ today: change, last7Days: change }) },
});

export const getActiveUsers = defineOperation({
  method: 'GET',
  path: '/api/dashboard/users/active',
  tag,
  summary: 'Count active users',
  description:
    'Users who were issued a token on a day, and within the 7 and 30 days that end with it. dauCurve has the 30 days.',
  query: z.object({ date: period.date }),
  response: {
    200: z.object({
      dauCurve: z.array(z.object({ date: day, count })),
      dau: change,
      wau: change,
      mau: change,
    }),
  },
});

const curvePoint = z.object({
  date: day,
  totalUsers: count.describe('Users that were there at the end of the day and still are.'),
  newUsers: count,
  activeUsers: count,
  signIns: count,
  failedSignIns: count.describe('Wrong passwords and codes, and refusals of providers.'),
});
export type CurvePoint = z.infer<typeof curvePoint>;

export const getCurves = defineOperation({
  method: 'GET',
  path: '/api/dashboard/curves',
  tag,
  summary: 'Get the curves',
  description: 'Users and sign-ins, day by day.',
  query: z.object(period),
  response: { 200: z.array(curvePoint) },
});

const signInFigures = z.object({
  byMethod: z
    .array(z.object({ method: z.string(), success: count, error: count }))
    .describe('Proofs of identity by method, such as Password, Social or VerificationCode.'),
  topErrors: z.array(z.object({ error: z.string(), count })).describe('The ten most frequent error codes.'),
});
export type SignInFigures = z.infer<typeof signInFigures>;

export const getSignInFigures = defineOperation({
  method: 'GET',
  path: '/api/dashboard/sign-ins',
  tag,
  summary: 'Get sign-ins by method and outcome',
  description: 'How people prove who they are, how often that fails, and what goes wrong most.',
  query: z.object(period),
  response: { 200: signInFigures },
});

const storageForecast = z.object({
  sources: z.array(
    z.object({
      name: z.enum(['users', 'protocol', 'signIn', 'change']).describe('Users, or audit logs of this kind.'),
      rowsPerDay: z.number().describe('Mean of the last 30 days.'),
      bytesPerRow: count.describe('Mean of the newest thousand rows; indexes take about as much again.'),
      retentionDays: count.nullable().describe('null: kept for ever.'),
    }),
  ),
  growth: z
    .array(z.object({ days: count, bytes: count }))
    .describe('What is added from now on if things go on like this, less what retention removes of it.'),
});
export type StorageForecast = z.infer<typeof storageForecast>;

export const getStorageForecast = defineOperation({
  method: 'GET',
  path: '/api/dashboard/storage',
  tag,
  summary: 'Forecast storage',
  description: 'How fast the tenant’s data grows, and where to.',
  response: { 200: storageForecast },
});
