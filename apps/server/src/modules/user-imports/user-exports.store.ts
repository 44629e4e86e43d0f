import { sql } from 'drizzle-orm';
import type { Database } from '../../kernel/database.ts';
import { runSearch, type SearchQuery, searchCondition } from '../../kernel/search.ts';
import { userSearchColumns } from '../users/index.ts';
import type { ExportedUser } from './transfer-formats.ts';

/** Users that the search finds, or all, after the id `after`, in the shape of an import, with the names of their roles: one statement. */
export async function listExported(
  db: Database,
  tenantId: string,
  options: { after: string; limit: number; withHashes: boolean; search: SearchQuery | undefined },
): Promise<(ExportedUser & { id: string })[]> {
  const { after, limit, withHashes, search } = options;
  const found = search ? sql`and ${searchCondition(search, userSearchColumns)}` : sql``;
  const hashes = withHashes
    ? sql`users.password_digest as "passwordDigest", users.password_algorithm as "passwordAlgorithm",`
    : sql``;
  const statement = sql`
    select users.id, users.username, users.primary_email as "primaryEmail",
      case when users.primary_email is not null then users.email_verified_at is not null end as "emailVerified",
      users.primary_phone as "primaryPhone", users.name, users.avatar, ${hashes}
      users.custom_data as "customData", users.profile,
      (select jsonb_object_agg(i.target, jsonb_build_object('userId', i.identity_id)
          || case when i.details is null then '{}' else jsonb_build_object('details', i.details) end)
        from user_identities i where i.tenant_id = users.tenant_id and i.user_id = users.id) as identities,
      users.is_suspended as "isSuspended",
      to_char(users.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "createdAt",
      (select jsonb_agg(r.name order by r.name) from users_roles h
        join roles r on r.tenant_id = h.tenant_id and r.id = h.role_id
        where h.tenant_id = users.tenant_id and h.user_id = users.id) as "roleNames"
    from users where users.tenant_id = ${tenantId} and users.id > ${after} ${found} order by users.id limit ${limit}`;
  const { rows } = await runSearch(db, search, (tx) => tx.execute(statement));
  return rows as unknown as (ExportedUser & { id: string })[];
}
