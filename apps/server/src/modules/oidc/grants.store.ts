import { sql } from 'drizzle-orm';
import type { Database } from '../../kernel/database.ts';

export interface GrantKey {
  accountId: string;
  clientId: string;
}

/** Holds back other sign-ins of the same user to the same application until the transaction ends. */
export async function lockGrantsOf(db: Database, tenantId: string, key: GrantKey): Promise<void> {
  const name = `grants ${tenantId} ${key.accountId} ${key.clientId}`;
  await db.execute(sql`select pg_advisory_xact_lock(hashtextextended(${name}, 0))`);
}

/** Ids of the grants beyond the newest `max`; `current` counts as the newest, for times are whole seconds. */
export async function findSurplusGrants(
  db: Database,
  tenantId: string,
  { accountId, clientId }: GrantKey,
  { current, max }: { current: string; max: number },
  now: Date,
): Promise<string[]> {
  const result = await db.execute<{ grant_id: string }>(sql`
    select grant_id from oidc_models
    where tenant_id = ${tenantId} and account_id = ${accountId} and model = 'Grant' and client_id = ${clientId}
      and grant_id is not null and expires_at > ${now.toISOString()}
    order by (grant_id = ${current}) desc, (payload ->> 'iat')::bigint desc, grant_id offset ${max}`);
  return result.rows.map(({ grant_id: id }) => id);
}

/** Ends grants with everything that stands on them. */
export async function deleteGrants(db: Database, tenantId: string, grantIds: readonly string[]): Promise<void> {
  await db.execute(sql`
    delete from oidc_models
    where tenant_id = ${tenantId} and grant_id = any(${sql.param([...grantIds])}::text[])`);
}
