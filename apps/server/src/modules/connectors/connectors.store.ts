import { and, asc, eq, sql } from 'drizzle-orm';
import type { Database } from '../../kernel/database.ts';
import { connectors } from './connectors.table.ts';

export type ConnectorRow = typeof connectors.$inferSelect;
export type ConnectorChange = Partial<Omit<ConnectorRow, 'tenantId' | 'id' | 'connectorId' | 'createdAt'>>;

const byId = (tenantId: string, id: string) => and(eq(connectors.tenantId, tenantId), eq(connectors.id, id));

/** All connectors of the tenant, the oldest first; they are few. */
export const listConnectors = (db: Database, tenantId: string): Promise<ConnectorRow[]> =>
  db
    .select()
    .from(connectors)
    .where(eq(connectors.tenantId, tenantId))
    .orderBy(asc(connectors.createdAt), asc(connectors.id));

/** Holds other changes to the tenant's connectors back until the transaction ends: rules look at all of them. */
export async function lockConnectors(db: Database, tenantId: string): Promise<void> {
  await db.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`connectors:${tenantId}`}, 0))`);
}

export async function findConnector(db: Database, tenantId: string, id: string): Promise<ConnectorRow | undefined> {
  const rows = await db.select().from(connectors).where(byId(tenantId, id));
  return rows[0];
}

export async function insertConnector(db: Database, row: ConnectorRow): Promise<void> {
  await db.insert(connectors).values(row);
}

export async function updateConnector(
  db: Database,
  tenantId: string,
  id: string,
  change: ConnectorChange,
): Promise<void> {
  await db.update(connectors).set(change).where(byId(tenantId, id));
}

export async function deleteConnector(db: Database, tenantId: string, id: string): Promise<void> {
  await db.delete(connectors).where(byId(tenantId, id));
}
