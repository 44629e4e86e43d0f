import { sql } from 'drizzle-orm';
import type { Database } from '../../kernel/database.ts';
import type { ModelKey, NewModel } from './oidc.store.ts';

/** Notes that a device asked. False when it asked less than `interval` seconds ago: of many at once, one is in time. */
export async function markPoll(
  db: Database,
  { tenantId, model, id }: ModelKey,
  { now, interval }: { now: Date; interval: number },
): Promise<boolean> {
  const before = new Date(now.getTime() - interval * 1000);
  const result = await db.execute(sql`
    update oidc_models set polled_at = ${now.toISOString()}
    where tenant_id = ${tenantId} and model = ${model} and id = ${id}
      and (polled_at is null or polled_at <= ${before.toISOString()})`);
  return result.rowCount === 1;
}

/** Takes a code for the one user who confirms it first. False when somebody has. */
export async function claimDeviceCode(db: Database, { tenantId, model, id, payload }: NewModel): Promise<boolean> {
  const result = await db.execute(sql`
    update oidc_models set payload = ${JSON.stringify(payload)}::jsonb
    where tenant_id = ${tenantId} and model = ${model} and id = ${id} and not payload ? 'inFlight'`);
  return result.rowCount === 1;
}
