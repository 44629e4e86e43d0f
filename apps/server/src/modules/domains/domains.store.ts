import { and, desc, eq, isNotNull, isNull, lt, sql } from 'drizzle-orm';
import type { Database } from '../../kernel/database.ts';
import type { VerificationFiles } from './domains.contract.ts';
import { domains } from './domains.table.ts';

export type DomainRow = typeof domains.$inferSelect;
export type DomainChange = Partial<
  Pick<DomainRow, 'status' | 'errorMessage' | 'checkedAt' | 'verifiedAt' | 'failingSince'>
>;

const ofTenant = (tenantId: string, id: string) => and(eq(domains.tenantId, tenantId), eq(domains.id, id));

/** Addresses of the tenant itself: what leads to a protected application is none. */
const isAddress = (tenantId: string) => and(eq(domains.tenantId, tenantId), isNull(domains.applicationId));

const newestFirst = [desc(domains.createdAt), domains.id] as const;

export const listDomains = (db: Database, tenantId: string): Promise<DomainRow[]> =>
  db
    .select()
    .from(domains)
    .where(isAddress(tenantId))
    .orderBy(...newestFirst);

/** Hosts of a protected application. */
export const listHosts = (db: Database, tenantId: string, applicationId: string): Promise<DomainRow[]> =>
  db
    .select()
    .from(domains)
    .where(and(eq(domains.tenantId, tenantId), eq(domains.applicationId, applicationId)))
    .orderBy(...newestFirst);

export async function findDomain(db: Database, tenantId: string, id: string): Promise<DomainRow | undefined> {
  const rows = await db.select().from(domains).where(ofTenant(tenantId, id));
  return rows[0];
}

/** False when the tenant has it already. */
export async function insertDomain(db: Database, row: DomainRow): Promise<boolean> {
  const rows = await db.insert(domains).values(row).onConflictDoNothing().returning({ id: domains.id });
  return rows.length === 1;
}

/** Changes the row as it was read; undefined when somebody else was faster. */
export async function updateDomain(
  db: Database,
  { tenantId, id, status }: DomainRow,
  change: DomainChange,
): Promise<DomainRow | undefined> {
  const rows = await db
    .update(domains)
    .set(change)
    .where(and(ofTenant(tenantId, id), eq(domains.status, status)))
    .returning();
  return rows[0];
}

/** Holds the domains of the tenant until the transaction ends, so that one of them becomes the primary one. */
export async function lockDomains(db: Database, tenantId: string): Promise<void> {
  await db
    .select({ id: domains.id })
    .from(domains)
    .where(eq(domains.tenantId, tenantId))
    .orderBy(domains.id)
    .for('update');
}

/** Makes `id` the primary domain, or none where it is null; what was primary before is no more. */
export async function setPrimary(db: Database, tenantId: string, id: string | null): Promise<void> {
  await db
    .update(domains)
    .set({ isPrimary: false })
    .where(and(isAddress(tenantId), domains.isPrimary));
  if (id !== null) await db.update(domains).set({ isPrimary: true }).where(ofTenant(tenantId, id));
}

/** The primary domain, as long as it serves. */
export async function findPrimaryName(db: Database, tenantId: string): Promise<string | undefined> {
  const rows = await db
    .select({ domain: domains.domain })
    .from(domains)
    .where(and(eq(domains.tenantId, tenantId), domains.isPrimary, eq(domains.status, 'Active')));
  return rows[0]?.domain;
}

export async function updateFiles(
  db: Database,
  { tenantId, id }: DomainRow,
  verificationFiles: VerificationFiles,
): Promise<void> {
  await db.update(domains).set({ verificationFiles }).where(ofTenant(tenantId, id));
}

export async function deleteDomain(db: Database, tenantId: string, id: string): Promise<DomainRow | undefined> {
  const rows = await db.delete(domains).where(ofTenant(tenantId, id)).returning();
  return rows[0];
}

/** Takes away what is old and was never verified, or is not any more. */
export const deleteStale = (db: Database, tenantId: string, before: Date): Promise<DomainRow[]> =>
  db
    .delete(domains)
    .where(and(isAddress(tenantId), isNull(domains.verifiedAt), lt(domains.createdAt, before)))
    .returning();

export const countVerified = (db: Database, tenantId: string, before: Date): Promise<number> =>
  db.$count(domains, and(isAddress(tenantId), isNotNull(domains.verifiedAt), lt(domains.createdAt, before)));

export async function listVerifiedNames(db: Database, tenantId: string): Promise<string[]> {
  const rows = await db
    .select({ domain: domains.domain })
    .from(domains)
    .where(and(isAddress(tenantId), isNotNull(domains.verifiedAt)));
  return rows.map((row) => row.domain);
}

/** The one verified domain of this name, whosever it is; `db` sees all tenants. */
export async function findOwner(db: Database, domain: string): Promise<DomainRow | undefined> {
  const rows = await db
    .select()
    .from(domains)
    .where(and(eq(domains.domain, domain), isNotNull(domains.verifiedAt)));
  return rows[0];
}

/** Domains of all tenants whose records are to be looked for: every minute while they are awaited, else every hour. */
export const listDue = (db: Database, now: Date, limit: number): Promise<DomainRow[]> =>
  db
    .select()
    .from(domains)
    .where(
      sql`not ${domains.isGiven} and (${domains.checkedAt} is null or ${domains.checkedAt} <= ${now}::timestamptz - case
        when ${domains.verifiedAt} is null and ${domains.createdAt} > ${now}::timestamptz - interval '1 day'
        then interval '50 seconds' else interval '1 hour' end)`,
    )
    .orderBy(sql`${domains.checkedAt} nulls first`)
    .limit(limit);
