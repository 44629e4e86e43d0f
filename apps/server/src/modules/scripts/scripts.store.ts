import { and, eq, sql } from 'drizzle-orm';
import type { Database } from '../../kernel/database.ts';
import type { ScriptUserContext } from './script-arguments.ts';
import { type Slot, scripts } from './scripts.table.ts';

export type ScriptRow = typeof scripts.$inferSelect;

const inSlot = (tenantId: string, slot: Slot) => and(eq(scripts.tenantId, tenantId), eq(scripts.slot, slot));

export async function findScript(db: Database, tenantId: string, slot: Slot): Promise<ScriptRow | undefined> {
  const rows = await db.select().from(scripts).where(inSlot(tenantId, slot));
  return rows[0];
}

/** Every script of the tenant, held until the transaction ends. */
export const lockScripts = (db: Database, tenantId: string): Promise<ScriptRow[]> =>
  db.select().from(scripts).where(eq(scripts.tenantId, tenantId)).for('update');

export async function upsertScript(db: Database, row: ScriptRow): Promise<void> {
  const { tenantId: _tenant, slot: _slot, ...set } = row;
  await db
    .insert(scripts)
    .values(row)
    .onConflictDoUpdate({ target: [scripts.tenantId, scripts.slot], set });
}

export async function deleteScript(db: Database, tenantId: string, slot: Slot): Promise<boolean> {
  const rows = await db.delete(scripts).where(inSlot(tenantId, slot)).returning({ slot: scripts.slot });
  return rows.length === 1;
}

// What scripts are told ----------------------------------------------------------------------------------------------

type RoleInfo = ScriptUserContext['roles'][number];

/** A user's roles with their scopes and the scopes' APIs, in one statement. */
export async function findRolesInfo(db: Database, tenantId: string, userId: string): Promise<RoleInfo[]> {
  const result = await db.execute<Record<keyof RoleInfo, never>>(sql`
    select r.id, r.name, r.description, coalesce(
      jsonb_agg(
        jsonb_build_object(
          'id', s.id, 'name', s.name, 'description', s.description, 'resourceId', s.resource_id,
          'resource', jsonb_build_object(
            'tenantId', a.tenant_id, 'id', a.id, 'name', a.name, 'indicator', a.indicator,
            'isDefault', a.is_default, 'accessTokenTtl', a.access_token_ttl
          )
        ) order by s.name
      ) filter (where s.id is not null), '[]'
    ) as scopes
    from users_roles u
    join roles r on r.tenant_id = u.tenant_id and r.id = u.role_id
    left join roles_scopes rs on rs.tenant_id = r.tenant_id and rs.role_id = r.id
    left join scopes s on s.tenant_id = rs.tenant_id and s.id = rs.scope_id
    left join resources a on a.tenant_id = s.tenant_id and a.id = s.resource_id
    where u.tenant_id = ${tenantId} and u.user_id = ${userId}
    group by r.id, r.name, r.description
    order by r.name`);
  return result.rows;
}

export async function findOrganizationInfo(
  db: Database,
  tenantId: string,
  id: string,
): Promise<Record<string, unknown> | undefined> {
  const result = await db.execute(sql`
    select id, name, description, custom_data as "customData"
    from organizations where tenant_id = ${tenantId} and id = ${id}`);
  return result.rows[0];
}
