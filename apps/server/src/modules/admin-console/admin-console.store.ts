import { sql } from 'drizzle-orm';
import type { Database } from '../../kernel/database.ts';
import type { AdminConsoleConfig } from './admin-console.contract.ts';

const KEY = 'adminConsole';

export async function findConfig(db: Database, tenantId: string): Promise<Partial<AdminConsoleConfig> | undefined> {
  const result = await db.execute<{ value: Partial<AdminConsoleConfig> }>(
    sql`select value from tenant_settings where tenant_id = ${tenantId} and key = ${KEY}`,
  );
  return result.rows[0]?.value;
}

/** Reads it for a change: others who want to change it wait until the transaction ends. */
export async function lockConfig(db: Database, tenantId: string): Promise<Partial<AdminConsoleConfig> | undefined> {
  await db.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`${KEY}:${tenantId}`}, 0))`);
  return findConfig(db, tenantId);
}

export async function upsertConfig(db: Database, tenantId: string, value: AdminConsoleConfig): Promise<void> {
  await db.execute(sql`
    insert into tenant_settings (tenant_id, key, value) values (${tenantId}, ${KEY}, ${JSON.stringify(value)}::jsonb)
    on conflict (tenant_id, key) do update set value = excluded.value`);
}
