import { sql } from 'drizzle-orm';
import { beforeAll, describe, expect, test } from 'vitest';
import { createTestApp } from '../../../test/harness.ts';
import { DAY_MS } from '../../kernel/durations.ts';

const app = await createTestApp();
const { api } = app;
const today = new Date().toISOString().slice(0, 10);
const daysAgo = (days: number) => new Date(Date.parse(today) - days * DAY_MS).toISOString().slice(0, 10);

beforeAll(async () => {
  const { db } = app.scope();
  // One user for each of these ages in days, at noon or as early today as there has been time.
  await db.execute(sql`
    insert into users (tenant_id, id, created_at, updated_at)
    select 'default', 'u' || age, least(now(), (${today}::date - age)::timestamp at time zone 'UTC' + interval '1 second'), now()
    from unnest(array[0, 1, 3, 8, 9, 40]) as a (age)`);
  await db.execute(sql`
    insert into daily_active_users (tenant_id, day, user_id)
    values ('default', ${today}::date, 'u0'), ('default', ${today}::date, 'u1'), ('default', ${daysAgo(1)}::date, 'u1'),
      ('default', ${daysAgo(7)}::date, 'u3'), ('default', ${daysAgo(29)}::date, 'u8'), ('default', ${daysAgo(30)}::date, 'u9')`);
  await db.execute(sql`
    insert into audit_logs (tenant_id, id, key, result, actor_type, request_id, payload, created_at)
    select 'default', 's' || n, key, result, 'user', 'test', payload::jsonb, now()
    from (values
      (1, 'Interaction.SignIn.Submit', 'Success', '{}'),
      (2, 'Interaction.SignIn.Verification.Password.Submit', 'Success', '{}'),
      (3, 'Interaction.SignIn.Verification.Password.Submit', 'Error', '{"error":"session.invalid_credentials"}'),
      (4, 'Interaction.SignIn.Verification.Password.Submit', 'Error', '{"error":"session.invalid_credentials"}'),
      (5, 'Interaction.SignIn.Verification.Social.Submit', 'Success', '{}'),
      (6, 'Interaction.Register.Submit', 'Success', '{}')) as v (n, key, result, payload)`);
});

describe('users', () => {
  test('200 with how many there are', async () => {
    expect((await api('GET', '/api/dashboard/users/total')).body).toEqual({ totalUserCount: 6 });
  });

  test('200 with the new ones, against the period before', async () => {
    expect((await api('GET', '/api/dashboard/users/new')).body).toEqual({
      today: { count: 1, delta: 0 },
      last7Days: { count: 3, delta: 1 },
    });
  });

  test('200 with the active ones: 30 days, and figures against the period before', async () => {
    const { body } = await api('GET', '/api/dashboard/users/active');
    expect(body.dauCurve).toHaveLength(30);
    expect(body.dauCurve.at(-1)).toEqual({ date: today, count: 2 });
    expect(body).toMatchObject({
      dau: { count: 2, delta: 1 },
      wau: { count: 2, delta: 1 },
      mau: { count: 4, delta: 3 },
    });
    const past = await api('GET', `/api/dashboard/users/active?date=${daysAgo(1)}`);
    expect(past.body).toMatchObject({ dau: { count: 1, delta: 1 }, wau: { count: 2 } });
  });

  test.each(['2026-1-1', '2026-13-01', 'yesterday'])('400 for the day %s', async (date) => {
    expect((await api('GET', `/api/dashboard/users/active?date=${date}`)).status).toBe(400);
  });
});

describe('our own figures', () => {
  test('200 with the curves, each day told', async () => {
    const { body } = await api('GET', '/api/dashboard/curves?days=10');
    expect(body).toHaveLength(10);
    expect(body.at(-1)).toEqual({
      date: today,
      totalUsers: 6,
      newUsers: 1,
      activeUsers: 2,
      signIns: 2,
      failedSignIns: 2,
    });
    expect(body[0]).toMatchObject({ date: daysAgo(9), totalUsers: 2, newUsers: 1 });
    expect((await api('GET', '/api/dashboard/curves?days=91')).status).toBe(400);
  });

  test('200 with sign-ins by method and outcome, and what goes wrong most', async () => {
    expect((await api('GET', '/api/dashboard/sign-ins')).body).toEqual({
      byMethod: [
        { method: 'Password', success: 1, error: 2 },
        { method: 'Social', success: 1, error: 0 },
      ],
      topErrors: [{ error: 'session.invalid_credentials', count: 2 }],
    });
    expect((await api('GET', `/api/dashboard/sign-ins?date=${daysAgo(40)}`)).body).toEqual({
      byMethod: [],
      topErrors: [],
    });
  });

  test('200 with a forecast that grows, and knows what is deleted again', async () => {
    const { body } = await api('GET', '/api/dashboard/storage');
    expect(body.sources).toContainEqual({
      name: 'signIn',
      rowsPerDay: 6 / 30,
      bytesPerRow: expect.any(Number),
      retentionDays: 365,
    });
    expect(body.growth.map(({ days }: { days: number }) => days)).toEqual([30, 90, 365]);
    expect(body.growth[2].bytes).toBeGreaterThan(body.growth[0].bytes);
  });

  test('401 without a token', async () => {
    for (const path of ['users/total', 'users/new', 'users/active', 'curves', 'sign-ins', 'storage']) {
      expect((await api('GET', `/api/dashboard/${path}`, undefined, { authorization: '' })).status).toBe(401);
    }
  });
});
