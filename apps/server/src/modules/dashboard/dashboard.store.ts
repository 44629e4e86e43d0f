import { sql } from 'drizzle-orm';
import type { Database } from '../../kernel/database.ts';

/** Days are texts such as 2026-01-31 here, as PostgreSQL compares and counts them. */
export type Day = string;

/** Whole days in UTC as an interval of time. */
const startOf = (day: Day) => sql`(${day}::date)::timestamp at time zone 'UTC'`;
const endOf = (day: Day) => sql`(${day}::date + 1)::timestamp at time zone 'UTC'`;

const numbers = <Name extends string>(row: Record<Name, string> | undefined): Record<Name, number> =>
  Object.fromEntries(Object.entries(row ?? {}).map(([name, value]) => [name, Number(value)])) as Record<Name, number>;

/** As the database keeps count of them (migration 0325). */
export async function countUsers(db: Database, tenantId: string): Promise<number> {
  const { rows } = await db.execute<{ total: string }>(
    sql`select sum(users) as total from user_counts where tenant_id = ${tenantId}`,
  );
  return Number(rows[0]?.total ?? 0);
}

export async function countNewUsers(db: Database, tenantId: string, today: Day) {
  const since = (days: number) =>
    sql`count(*) filter (where created_at >= (${today}::date - ${days}::int)::timestamp at time zone 'UTC')`;
  const { rows } = await db.execute<Record<'today' | 'twoDays' | 'week' | 'twoWeeks', string>>(sql`
    select ${since(0)} as today, ${since(1)} as "twoDays", ${since(6)} as week, ${since(13)} as "twoWeeks"
    from users where tenant_id = ${tenantId}
      and created_at >= (${today}::date - 13)::timestamp at time zone 'UTC' and created_at < ${endOf(today)}`);
  return numbers(rows[0]);
}

/** Active users of each of the 30 days, and of the periods that the figures compare. */
export async function countActiveUsers(db: Database, tenantId: string, today: Day) {
  const between = (first: number, last: number) =>
    sql`count(distinct user_id) filter (where day between ${today}::date - ${last}::int and ${today}::date - ${first}::int)`;
  const curve = await db.execute<{ date: Day; count: string }>(sql`
    select to_char(d, 'YYYY-MM-DD') as date, count(a.user_id) as count
    from generate_series(${today}::date - 29, ${today}::date, interval '1 day') d
    left join daily_active_users a on a.tenant_id = ${tenantId} and a.day = d::date
    group by d order by d`);
  const figures = await db.execute<
    Record<'day' | 'dayBefore' | 'week' | 'weekBefore' | 'month' | 'monthBefore', string>
  >(sql`
    select ${between(0, 0)} as day, ${between(1, 1)} as "dayBefore", ${between(0, 6)} as week,
      ${between(7, 13)} as "weekBefore", ${between(0, 29)} as month, ${between(30, 59)} as "monthBefore"
    from daily_active_users where tenant_id = ${tenantId} and day between ${today}::date - 59 and ${today}::date`);
  return {
    curve: curve.rows.map(({ date, count }) => ({ date, count: Number(count) })),
    figures: numbers(figures.rows[0]),
  };
}

export async function readCurves(db: Database, tenantId: string, first: Day, last: Day) {
  const { rows } = await db.execute<
    Record<'totalUsers' | 'newUsers' | 'activeUsers' | 'signIns' | 'failedSignIns', string> & { date: Day }
  >(sql`
    with created as (
      select (created_at at time zone 'UTC')::date as day, count(*) as n from users
      where tenant_id = ${tenantId} and created_at >= ${startOf(first)} and created_at < ${endOf(last)} group by 1
    ), active as (
      select day, count(*) as n from daily_active_users
      where tenant_id = ${tenantId} and day between ${first}::date and ${last}::date group by 1
    ), attempts as (
      select (created_at at time zone 'UTC')::date as day,
        count(*) filter (where result = 'Success' and key in ('Interaction.SignIn.Submit', 'Interaction.Register.Submit')) as done,
        count(*) filter (where result = 'Error' and key like '%.Verification.%') as failed
      from audit_logs
      where tenant_id = ${tenantId} and kind = 'signIn' and created_at >= ${startOf(first)} and created_at < ${endOf(last)}
      group by 1
    ), earlier as (
      select count(*) as n from users where tenant_id = ${tenantId} and created_at < ${startOf(first)}
    )
    select to_char(d, 'YYYY-MM-DD') as date,
      (select n from earlier) + sum(coalesce(created.n, 0)) over (order by d) as "totalUsers",
      coalesce(created.n, 0) as "newUsers", coalesce(active.n, 0) as "activeUsers",
      coalesce(attempts.done, 0) as "signIns", coalesce(attempts.failed, 0) as "failedSignIns"
    from generate_series(${first}::date, ${last}::date, interval '1 day') d
    left join created on created.day = d::date
    left join active on active.day = d::date
    left join attempts on attempts.day = d::date
    order by d`);
  return rows.map(({ date, ...counts }) => ({ date, ...numbers(counts) }));
}

export async function countSignInsByMethod(db: Database, tenantId: string, first: Day, last: Day) {
  const { rows } = await db.execute<{ method: string; success: string; error: string }>(sql`
    select split_part(key, '.', 4) as method, count(*) filter (where result = 'Success') as success,
      count(*) filter (where result = 'Error') as error
    from audit_logs
    where tenant_id = ${tenantId} and kind = 'signIn' and created_at >= ${startOf(first)} and created_at < ${endOf(last)}
      and key ~ '^Interaction\\.[A-Za-z]+\\.Verification\\.[A-Za-z]+\\.(Submit|Verify)$'
    group by 1 order by count(*) desc, 1`);
  return rows.map(({ method, success, error }) => ({ method, success: Number(success), error: Number(error) }));
}

const TOP_ERRORS = 10;

export async function countErrors(db: Database, tenantId: string, first: Day, last: Day) {
  const { rows } = await db.execute<{ error: string; count: string }>(sql`
    select payload ->> 'error' as error, count(*) as count
    from audit_logs
    where tenant_id = ${tenantId} and kind in ('signIn', 'protocol') and result = 'Error'
      and created_at >= ${startOf(first)} and created_at < ${endOf(last)} and jsonb_typeof(payload -> 'error') = 'string'
    group by 1 order by 2 desc, 1 limit ${TOP_ERRORS}`);
  return rows.map(({ error, count }) => ({ error, count: Number(count) }));
}

const SAMPLE = 1000;

/** Rows of the last days and the size of the newest ones, for users and for each kind of log. */
export async function measureGrowth(db: Database, tenantId: string, since: Date) {
  const { rows } = await db.execute<{
    name: 'users' | 'protocol' | 'signIn' | 'change';
    count: string;
    bytes: string;
  }>(sql`
    select 'users' as name,
      (select count(*) from users where tenant_id = ${tenantId} and created_at >= ${since}) as count,
      (select coalesce(avg(pg_column_size(u.*)), 0) from (
        select * from users where tenant_id = ${tenantId} order by created_at desc limit ${SAMPLE}) u) as bytes
    union all
    select k.kind,
      (select count(*) from audit_logs where tenant_id = ${tenantId} and kind = k.kind and created_at >= ${since}),
      (select coalesce(avg(pg_column_size(a.*)), 0) from (
        select * from audit_logs where tenant_id = ${tenantId} and kind = k.kind order by created_at desc limit ${SAMPLE}) a)
    from (values ('protocol'), ('signIn'), ('change')) as k (kind)`);
  return rows.map(({ name, count, bytes }) => ({ name, count: Number(count), bytesPerRow: Math.round(Number(bytes)) }));
}

/** Notes who was active; who is noted already stays so. Tenants and users that are gone are left out. */
export async function insertActiveUsers(
  db: Database,
  seen: readonly { tenantId: string; userId: string; day: Day }[],
): Promise<void> {
  const values = sql.join(
    seen.map(({ tenantId, userId, day }) => sql`(${tenantId}, ${userId}, ${day}::date)`),
    sql`, `,
  );
  await db.execute(sql`
    insert into daily_active_users (tenant_id, user_id, day)
    select s.tenant_id, s.user_id, s.day from (values ${values}) as s (tenant_id, user_id, day)
    join tenants t on t.id = s.tenant_id
    on conflict do nothing`);
}

export async function deleteActiveUsersBefore(db: Database, day: Day): Promise<void> {
  await db.execute(sql`delete from daily_active_users where day < ${day}::date`);
}
