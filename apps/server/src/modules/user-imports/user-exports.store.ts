import { sql } from 'drizzle-orm';
import type { Database } from '../../kernel/database.ts';
import type { ExportedUser } from './transfer-formats.ts';

/** Users after the id `after`, in the shape of an import, with the names of their roles: one statement. */
export async function listExported(
  db: Database,
  tenantId: string,
  options: { after: string; limit: number; withHashes: boolean },
): Promise<(ExportedUser & { id: string })[]> {
  const { after, limit, withHashes } = options;
  const hashes = withHashes
    ? sql`u.password_digest as "passwordDigest", u.password_algorithm as "passwordAlgorithm",`
    : sql``;
  const { rows } = await db.execute(sql`
    select u.id, u.username, u.primary_email as "primaryEmail",
      case when u.primary_email is not null then u.email_verified_at is not null end as "emailVerified",
      u.primary_phone as "primaryPhone", u.name, u.avatar, ${hashes}
      u.custom_data as "customData", u.profile,
      (select jsonb_object_agg(i.target, jsonb_build_object('userId', i.identity_id)
          || case when i.details is null then '{}' else jsonb_build_object('details', i.details) end)
        from user_identities i where i.tenant_id = u.tenant_id and i.user_id = u.id) as identities,
      u.is_suspended as "isSuspended",
      to_char(u.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "createdAt",
      (select jsonb_agg(r.name order by r.name) from users_roles h
        join roles r on r.tenant_id = h.tenant_id and r.id = h.role_id
        where h.tenant_id = u.tenant_id and h.user_id = u.id) as "roleNames"
    from users u where u.tenant_id = ${tenantId} and u.id > ${after} order by u.id limit ${limit}`);
  return rows as unknown as (ExportedUser & { id: string })[];
}
