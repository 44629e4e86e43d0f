import { and, eq, inArray, lt, sql } from 'drizzle-orm';
import type { Database } from '../../kernel/database.ts';
import { signInAttempts, signInFlows } from './sign-in.table.ts';

export type FlowRow = typeof signInFlows.$inferSelect;

export async function findFlows(db: Database, tenantId: string, ids: readonly string[], now: Date): Promise<FlowRow[]> {
  const rows = await db
    .select()
    .from(signInFlows)
    .where(and(eq(signInFlows.tenantId, tenantId), inArray(signInFlows.id, [...ids])));
  return rows.filter((row) => row.expiresAt > now);
}

/** Inserts the first version. False when another request was quicker. */
export async function insertFlow(db: Database, row: FlowRow): Promise<boolean> {
  const rows = await db.insert(signInFlows).values(row).onConflictDoNothing().returning({ id: signInFlows.id });
  return rows.length === 1;
}

/** Replaces version `row.version - 1`. False when another request was quicker. */
export async function updateFlow(db: Database, row: FlowRow): Promise<boolean> {
  const rows = await db
    .update(signInFlows)
    .set({ context: row.context, version: row.version })
    .where(
      and(eq(signInFlows.tenantId, row.tenantId), eq(signInFlows.id, row.id), eq(signInFlows.version, row.version - 1)),
    )
    .returning({ id: signInFlows.id });
  return rows.length === 1;
}

/** Whom tries are counted for, and in what. */
export interface AttemptKey {
  subjectHash: string;
  action: string;
}

/**
 * One try more for each key, and until when no further one is made, in their order; counting and deciding are one
 * statement, so no race is lost.
 */
export async function countAttempts(
  db: Database,
  tenantId: string,
  keys: readonly (AttemptKey & { maxAttempts: number })[],
  policy: { now: Date; windowEndsAt: Date; blockedUntil: Date },
): Promise<(Date | null)[]> {
  const over = sql`(coalesce(tried.blocked_until, tried.window_ends_at) <= ${policy.now})`;
  const most = sql.join(
    keys.map(({ subjectHash, maxAttempts }) => sql`when ${subjectHash} then ${maxAttempts}::int`),
    sql` `,
  );
  const rows = keys.map(
    ({ subjectHash, action }) => sql`(${tenantId}, ${subjectHash}, ${action}, 1, ${policy.windowEndsAt})`,
  );
  const result = await db.execute<{ subject_hash: string; blocked_until: Date | string | null }>(sql`
    insert into sign_in_attempts as tried (tenant_id, subject_hash, action, failures, window_ends_at)
    values ${sql.join(rows, sql`, `)}
    on conflict (tenant_id, subject_hash, action) do update set
      failures = case when ${over} then 1 else tried.failures + 1 end,
      window_ends_at = case when ${over} then excluded.window_ends_at else tried.window_ends_at end,
      blocked_until = case
        when ${over} then null
        when tried.failures >= case tried.subject_hash ${most} end
          then coalesce(tried.blocked_until, ${policy.blockedUntil})
        else tried.blocked_until end
    returning subject_hash, blocked_until`);
  const untilOf = new Map(result.rows.map((row) => [row.subject_hash, row.blocked_until]));
  return keys.map(({ subjectHash }) => {
    const until = untilOf.get(subjectHash) ?? null;
    return until === null ? null : new Date(until);
  });
}

/** After a success: what was counted for the one is forgotten, and one try of the other is taken back. */
export async function forgetAttempts(
  db: Database,
  tenantId: string,
  { subject, address }: { subject: AttemptKey; address: AttemptKey | undefined },
): Promise<void> {
  const rowOf = ({ subjectHash, action }: AttemptKey) =>
    sql`tenant_id = ${tenantId} and subject_hash = ${subjectHash} and action = ${action}`;
  const forgotten = sql`delete from sign_in_attempts where ${rowOf(subject)}`;
  if (!address) {
    await db.execute(forgotten);
    return;
  }
  // Read by the update, or it would be done after it: tries take these rows in the other order, and wait in a ring.
  await db.execute(sql`
    with forgotten as (${forgotten} returning true)
    update sign_in_attempts set failures = greatest(failures - 1, 0)
    where ${rowOf(address)} and (select count(*) from forgotten) >= 0`);
}

/** Forgets everything that was counted for these subjects. */
export async function deleteAttempts(db: Database, tenantId: string, subjectHashes: readonly string[]): Promise<void> {
  if (subjectHashes.length === 0) return;
  await db
    .delete(signInAttempts)
    .where(and(eq(signInAttempts.tenantId, tenantId), inArray(signInAttempts.subjectHash, [...subjectHashes])));
}

export interface ResourceScopes {
  resource: { id: string; name: string; indicator: string };
  scopes: { id: string; name: string; description: string | null }[];
}

/** What the scopes that an application asks for are called, by resource. */
export async function describeScopes(
  db: Database,
  tenantId: string,
  asked: Readonly<Record<string, readonly string[]>>,
): Promise<ResourceScopes[]> {
  const wanted = Object.entries(asked).flatMap(([indicator, names]) => names.map((name) => ({ indicator, name })));
  if (wanted.length === 0) return [];
  const result = await db.execute<{ resource: ResourceScopes['resource']; scopes: ResourceScopes['scopes'] }>(sql`
    select jsonb_build_object('id', r.id, 'name', r.name, 'indicator', r.indicator) as resource,
      jsonb_agg(jsonb_build_object('id', s.id, 'name', s.name, 'description', s.description) order by s.name) as scopes
    from resources r
    join scopes s on s.tenant_id = r.tenant_id and s.resource_id = r.id
    join jsonb_to_recordset(${JSON.stringify(wanted)}::jsonb) as w (indicator text, name text)
      on w.indicator = r.indicator and w.name = s.name
    where r.tenant_id = ${tenantId}
    group by r.id, r.name, r.indicator order by r.name`);
  return result.rows;
}

/** Removes what has expired, of every tenant. */
export async function deleteExpired(db: Database, before: Date): Promise<void> {
  await db.delete(signInFlows).where(lt(signInFlows.expiresAt, before));
  await db
    .delete(signInAttempts)
    .where(sql`greatest(${signInAttempts.windowEndsAt}, ${signInAttempts.blockedUntil}) < ${before}`);
}
