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

/** One try more, and until when no further one is made; counting and deciding are one statement, so no race is lost. */
export async function countAttempt(
  db: Database,
  key: { tenantId: string; subjectHash: string; action: string },
  policy: { maxAttempts: number; now: Date; windowEndsAt: Date; blockedUntil: Date },
): Promise<{ blockedUntil: Date | null }> {
  const { now, maxAttempts } = policy;
  const over = sql`(coalesce(sign_in_attempts.blocked_until, sign_in_attempts.window_ends_at) <= ${now})`;
  const result = await db.execute<{ blocked_until: Date | string | null }>(sql`
    insert into sign_in_attempts (tenant_id, subject_hash, action, failures, window_ends_at)
    values (${key.tenantId}, ${key.subjectHash}, ${key.action}, 1, ${policy.windowEndsAt})
    on conflict (tenant_id, subject_hash, action) do update set
      failures = case when ${over} then 1 else sign_in_attempts.failures + 1 end,
      window_ends_at = case when ${over} then excluded.window_ends_at else sign_in_attempts.window_ends_at end,
      blocked_until = case
        when ${over} then null
        when sign_in_attempts.failures >= ${maxAttempts}
          then coalesce(sign_in_attempts.blocked_until, ${policy.blockedUntil})
        else sign_in_attempts.blocked_until end
    returning blocked_until`);
  const until = result.rows[0]?.blocked_until ?? null;
  return { blockedUntil: until === null ? null : new Date(until) };
}

export async function forgetAttempts(
  db: Database,
  key: { tenantId: string; subjectHash: string; action: string },
): Promise<void> {
  await db
    .delete(signInAttempts)
    .where(
      and(
        eq(signInAttempts.tenantId, key.tenantId),
        eq(signInAttempts.subjectHash, key.subjectHash),
        eq(signInAttempts.action, key.action),
      ),
    );
}

/** Takes one try back. */
export async function returnAttempt(
  db: Database,
  key: { tenantId: string; subjectHash: string; action: string },
): Promise<void> {
  await db
    .update(signInAttempts)
    .set({ failures: sql`greatest(${signInAttempts.failures} - 1, 0)` })
    .where(
      and(
        eq(signInAttempts.tenantId, key.tenantId),
        eq(signInAttempts.subjectHash, key.subjectHash),
        eq(signInAttempts.action, key.action),
      ),
    );
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
