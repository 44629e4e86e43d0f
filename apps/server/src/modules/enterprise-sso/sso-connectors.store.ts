import { and, count, desc, eq, inArray, sql } from 'drizzle-orm';
import type { Database } from '../../kernel/database.ts';
import type { Page } from '../../kernel/operations.ts';
import { textArray } from '../../kernel/relations.ts';
import { ssoConnectors, ssoSigningKeys } from './enterprise-sso.table.ts';

export type SsoConnectorRow = typeof ssoConnectors.$inferSelect;
export type SsoConnectorChange = Partial<Omit<SsoConnectorRow, 'tenantId' | 'id' | 'providerName' | 'createdAt'>>;

const byId = (tenantId: string, id: string) => and(eq(ssoConnectors.tenantId, tenantId), eq(ssoConnectors.id, id));
const newest = [desc(ssoConnectors.createdAt), ssoConnectors.id] as const;

export const listConnectors = (db: Database, tenantId: string): Promise<SsoConnectorRow[]> =>
  db
    .select()
    .from(ssoConnectors)
    .where(eq(ssoConnectors.tenantId, tenantId))
    .orderBy(...newest);

export const listConnectorsById = (db: Database, tenantId: string, ids: string[]): Promise<SsoConnectorRow[]> =>
  db
    .select()
    .from(ssoConnectors)
    .where(and(eq(ssoConnectors.tenantId, tenantId), inArray(ssoConnectors.id, ids)));

export async function pageOfConnectors(
  db: Database,
  tenantId: string,
  page: Page,
): Promise<{ rows: SsoConnectorRow[]; total: number }> {
  const own = eq(ssoConnectors.tenantId, tenantId);
  const [rows, [counted]] = await Promise.all([
    db
      .select()
      .from(ssoConnectors)
      .where(own)
      .orderBy(...newest)
      .limit(page.limit)
      .offset(page.offset),
    db.select({ total: count() }).from(ssoConnectors).where(own),
  ]);
  return { rows, total: counted?.total ?? 0 };
}

export async function findConnector(db: Database, tenantId: string, id: string): Promise<SsoConnectorRow | undefined> {
  const rows = await db.select().from(ssoConnectors).where(byId(tenantId, id));
  return rows[0];
}

/** The same, with the row held until the transaction ends. */
export async function lockConnector(db: Database, tenantId: string, id: string): Promise<SsoConnectorRow | undefined> {
  const rows = await db.select().from(ssoConnectors).where(byId(tenantId, id)).for('update');
  return rows[0];
}

export async function insertConnector(db: Database, row: SsoConnectorRow): Promise<void> {
  await db.insert(ssoConnectors).values(row);
}

export async function updateConnector(
  db: Database,
  tenantId: string,
  id: string,
  change: SsoConnectorChange,
): Promise<void> {
  await db.update(ssoConnectors).set(change).where(byId(tenantId, id));
}

export async function deleteConnector(db: Database, tenantId: string, id: string): Promise<void> {
  await db.delete(ssoConnectors).where(byId(tenantId, id));
}

/** The organizations that a connector leads into: how many, and the first by name. */
export type LedInto = { organizationCount: number; organizations: { id: string; name: string }[] };

const NAMED = 5;

/** Those of each of the connectors that leads into any. */
export async function listOrganizationsOf(
  db: Database,
  tenantId: string,
  ids: string[],
): Promise<Map<string, LedInto>> {
  if (ids.length === 0) return new Map();
  const { rows } = await db.execute<LedInto & { connectorId: string }>(sql`
    select "connectorId", max(total)::int as "organizationCount",
      jsonb_agg(jsonb_build_object('id', id, 'name', name) order by place) as organizations
    from (
      select j.sso_connector_id as "connectorId", o.id, o.name,
        count(*) over (partition by j.sso_connector_id) as total,
        row_number() over (partition by j.sso_connector_id order by o.name, o.id) as place
      from organization_jit_sso_connectors j
      join organizations o on o.tenant_id = j.tenant_id and o.id = j.organization_id
      where j.tenant_id = ${tenantId} and j.sso_connector_id = any(${textArray(ids)})) led
    where place <= ${NAMED}
    group by "connectorId"`);
  return new Map(rows.map(({ connectorId, ...led }) => [connectorId, led]));
}

// Keys that requests are signed with ---------------------------------------------------------------------------------

export type SigningKeyRow = typeof ssoSigningKeys.$inferSelect;

const ofConnector = (tenantId: string, id: string) =>
  and(eq(ssoSigningKeys.tenantId, tenantId), eq(ssoSigningKeys.ssoConnectorId, id));

export const listSigningKeys = (db: Database, tenantId: string, connectorId: string): Promise<SigningKeyRow[]> =>
  db
    .select()
    .from(ssoSigningKeys)
    .where(ofConnector(tenantId, connectorId))
    .orderBy(desc(ssoSigningKeys.createdAt), ssoSigningKeys.id);

/** Of all connectors of the tenant. */
export const listAllSigningKeys = (db: Database, tenantId: string): Promise<SigningKeyRow[]> =>
  db.select().from(ssoSigningKeys).where(eq(ssoSigningKeys.tenantId, tenantId));

export async function insertSigningKey(db: Database, row: SigningKeyRow): Promise<void> {
  await db.insert(ssoSigningKeys).values(row);
}

export async function updateSigningKey(
  db: Database,
  { tenantId, ssoConnectorId, id }: Pick<SigningKeyRow, 'tenantId' | 'ssoConnectorId' | 'id'>,
  change: Partial<Pick<SigningKeyRow, 'active' | 'privateKeySealed'>>,
): Promise<void> {
  await db
    .update(ssoSigningKeys)
    .set(change)
    .where(and(ofConnector(tenantId, ssoConnectorId), eq(ssoSigningKeys.id, id)));
}

export async function deactivateSigningKeys(db: Database, tenantId: string, connectorId: string): Promise<void> {
  await db.update(ssoSigningKeys).set({ active: false }).where(ofConnector(tenantId, connectorId));
}

export async function deleteSigningKey(db: Database, tenantId: string, connectorId: string, id: string): Promise<void> {
  await db.delete(ssoSigningKeys).where(and(ofConnector(tenantId, connectorId), eq(ssoSigningKeys.id, id)));
}
