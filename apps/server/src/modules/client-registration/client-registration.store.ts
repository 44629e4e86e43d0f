import { sql } from 'drizzle-orm';
import type { Database } from '../../kernel/database.ts';
import { epochMilliseconds } from '../../kernel/paging.ts';

/** As the wire has it: without the value, times in milliseconds. */
export interface InitialAccessToken {
  id: string;
  name: string;
  createdAt: number;
  expiresAt: number | null;
  lastUsedAt: number | null;
}

/** Holds other registrations of the tenant back until the transaction ends, so that they are counted one by one. */
export async function lockRegistrations(db: Database, tenantId: string): Promise<void> {
  await db.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`client-registration:${tenantId}`}, 0))`);
}

/** Registrations since a time: of all, and of one address. */
export async function countRegistrations(
  db: Database,
  tenantId: string,
  since: Date,
  ip: string | null,
): Promise<{ all: number; ofAddress: number }> {
  const result = await db.execute<{ all: number; ofAddress: number }>(sql`
    select count(*)::int as "all", count(*) filter (where ip = ${ip})::int as "ofAddress"
    from registered_clients where tenant_id = ${tenantId} and created_at > ${since}::timestamptz`);
  return result.rows[0] ?? { all: 0, ofAddress: 0 };
}

export async function insertClient(
  db: Database,
  row: { tenantId: string; applicationId: string; tokenHash: string; ip: string | null; createdAt: Date },
): Promise<void> {
  await db.execute(sql`
    insert into registered_clients (tenant_id, application_id, token_hash, ip, created_at)
    values (${row.tenantId}, ${row.applicationId}, ${row.tokenHash}, ${row.ip}, ${row.createdAt}::timestamptz)`);
}

/** Whether the token is the one by which the client manages itself. */
export async function ownsClient(
  db: Database,
  key: { tenantId: string; applicationId: string; tokenHash: string },
): Promise<boolean> {
  const result = await db.execute(sql`
    select 1 from registered_clients
    where tenant_id = ${key.tenantId} and application_id = ${key.applicationId} and token_hash = ${key.tokenHash}`);
  return result.rows.length > 0;
}

export async function listTokens(db: Database, tenantId: string): Promise<InitialAccessToken[]> {
  const result = await db.execute<Record<keyof InitialAccessToken, never>>(sql`
    select id, name, ${epochMilliseconds(sql`created_at`)} as "createdAt",
      ${epochMilliseconds(sql`expires_at`)} as "expiresAt", ${epochMilliseconds(sql`last_used_at`)} as "lastUsedAt"
    from initial_access_tokens where tenant_id = ${tenantId} order by created_at desc, id`);
  return result.rows;
}

export async function insertToken(
  db: Database,
  row: InitialAccessToken & { tenantId: string; valueHash: string },
): Promise<void> {
  await db.execute(sql`
    insert into initial_access_tokens (tenant_id, id, name, value_hash, created_at, expires_at)
    values (${row.tenantId}, ${row.id}, ${row.name}, ${row.valueHash}, ${new Date(row.createdAt)}::timestamptz,
      ${row.expiresAt === null ? null : new Date(row.expiresAt)}::timestamptz)`);
}

/** Answers the name of the token that was deleted. */
export async function deleteToken(db: Database, tenantId: string, id: string): Promise<string | undefined> {
  const { rows } = await db.execute<{ name: string }>(
    sql`delete from initial_access_tokens where tenant_id = ${tenantId} and id = ${id} returning name`,
  );
  return rows[0]?.name;
}

/** Notes the use of a token that is good; undefined for any other. */
export async function useToken(
  db: Database,
  tenantId: string,
  valueHash: string,
  now: Date,
): Promise<string | undefined> {
  const result = await db.execute<{ id: string }>(sql`
    update initial_access_tokens set last_used_at = ${now}::timestamptz
    where tenant_id = ${tenantId} and value_hash = ${valueHash}
      and (expires_at is null or expires_at > ${now}::timestamptz) returning id`);
  return result.rows[0]?.id;
}
