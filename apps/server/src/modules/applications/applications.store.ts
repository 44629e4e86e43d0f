import { and, asc, count, desc, eq, inArray, type SQL, sql } from 'drizzle-orm';
import type { Database } from '../../kernel/database.ts';
import type { Page } from '../../kernel/operations.ts';
import { runSearch, type SearchQuery, searchCondition } from '../../kernel/search.ts';
import type { ApplicationType } from './applications.contract.ts';
import { applicationSecrets, applicationSignInExperiences, applications } from './applications.table.ts';

export type ApplicationRow = typeof applications.$inferSelect;
export type SecretRow = typeof applicationSecrets.$inferSelect;
export type ApplicationExperienceRow = typeof applicationSignInExperiences.$inferSelect;

export interface ApplicationFilter {
  types?: readonly ApplicationType[] | undefined;
  isThirdParty?: boolean | undefined;
  roleId?: string | undefined;
  excludeRoleId?: string | undefined;
  organizationId?: string | undefined;
  excludeOrganizationId?: string | undefined;
  search?: SearchQuery | undefined;
}

const searchColumns = { id: applications.id, name: applications.name, description: applications.description };

function conditionsOf(tenantId: string, filter: ApplicationFilter): SQL | undefined {
  const holders = (roleId: string) =>
    sql`(select r.application_id from applications_roles r where r.tenant_id = ${tenantId} and r.role_id = ${roleId})`;
  const members = (organizationId: string) =>
    sql`(select m.application_id from organization_applications m
      where m.tenant_id = ${tenantId} and m.organization_id = ${organizationId})`;
  const { roleId, excludeRoleId, organizationId, excludeOrganizationId } = filter;
  return and(
    eq(applications.tenantId, tenantId),
    filter.types && inArray(applications.type, [...filter.types]),
    filter.isThirdParty === undefined ? undefined : eq(applications.isThirdParty, filter.isThirdParty),
    roleId === undefined ? undefined : sql`applications.id in ${holders(roleId)}`,
    excludeRoleId === undefined ? undefined : sql`applications.id not in ${holders(excludeRoleId)}`,
    organizationId === undefined ? undefined : sql`applications.id in ${members(organizationId)}`,
    excludeOrganizationId === undefined ? undefined : sql`applications.id not in ${members(excludeOrganizationId)}`,
    filter.search && searchCondition(filter.search, searchColumns),
  );
}

/** One page, the newest first, and how many there are in all. */
export async function listApplications(
  db: Database,
  tenantId: string,
  filter: ApplicationFilter,
  page: Page | undefined,
): Promise<{ rows: ApplicationRow[]; total: number }> {
  const where = conditionsOf(tenantId, filter);
  return runSearch(db, filter.search, async (tx) => {
    const query = tx
      .select()
      .from(applications)
      .where(where)
      .orderBy(desc(applications.createdAt), asc(applications.id));
    if (!page) {
      const rows = await query;
      return { rows, total: rows.length };
    }
    const [rows, totals] = await Promise.all([
      query.limit(page.limit).offset(page.offset),
      tx.select({ total: count() }).from(applications).where(where),
    ]);
    return { rows, total: totals[0]?.total ?? 0 };
  });
}

/** The application that has registered this very address, or any other of its origin. */
export async function findByAddress(
  db: Database,
  tenantId: string,
  { url, origin }: { url: string; origin: string | null },
): Promise<Pick<ApplicationRow, 'id' | 'name'> | undefined> {
  const { id, name, oidcClientMetadata: metadata } = applications;
  const uris = sql`jsonb_array_elements_text((${metadata} -> 'redirectUris') || (${metadata} -> 'postLogoutRedirectUris'))`;
  const isCovered = sql`exists (select from ${uris} as uri
    where uri = ${url} or uri = ${origin}::text or starts_with(uri, ${origin}::text || '/'))`;
  const rows = await db
    .select({ id, name })
    .from(applications)
    .where(and(eq(applications.tenantId, tenantId), isCovered))
    .orderBy(asc(applications.createdAt))
    .limit(1);
  return rows[0];
}

export async function findApplication(db: Database, tenantId: string, id: string): Promise<ApplicationRow | undefined> {
  const rows = await db
    .select()
    .from(applications)
    .where(and(eq(applications.tenantId, tenantId), eq(applications.id, id)));
  return rows[0];
}

/** The same, kept from other changes until the transaction ends. */
export async function lockApplication(db: Database, tenantId: string, id: string): Promise<ApplicationRow | undefined> {
  const rows = await db
    .select()
    .from(applications)
    .where(and(eq(applications.tenantId, tenantId), eq(applications.id, id)))
    .for('update');
  return rows[0];
}

export async function insertApplication(db: Database, row: ApplicationRow): Promise<void> {
  await db.insert(applications).values(row);
}

export async function updateApplication(
  db: Database,
  tenantId: string,
  id: string,
  change: Partial<Omit<ApplicationRow, 'tenantId' | 'id'>>,
): Promise<void> {
  if (Object.keys(change).length === 0) return;
  await db
    .update(applications)
    .set(change)
    .where(and(eq(applications.tenantId, tenantId), eq(applications.id, id)));
}

export async function deleteApplication(db: Database, tenantId: string, id: string): Promise<void> {
  await db.delete(applications).where(and(eq(applications.tenantId, tenantId), eq(applications.id, id)));
}

/** True when the application holds the role that opens the Management API. */
export async function holdsRole(
  db: Database,
  tenantId: string,
  applicationId: string,
  roleId: string,
): Promise<boolean> {
  const result = await db.execute(sql`select 1 from applications_roles
    where tenant_id = ${tenantId} and application_id = ${applicationId} and role_id = ${roleId}`);
  return result.rows.length > 0;
}

export async function setRole(
  db: Database,
  tenantId: string,
  applicationId: string,
  roleId: string,
  held: boolean,
): Promise<void> {
  if (held) {
    await db.execute(sql`insert into applications_roles (tenant_id, application_id, role_id)
      values (${tenantId}, ${applicationId}, ${roleId}) on conflict do nothing`);
  } else {
    await db.execute(sql`delete from applications_roles
      where tenant_id = ${tenantId} and application_id = ${applicationId} and role_id = ${roleId}`);
  }
}

// Secrets ------------------------------------------------------------------------------------------------------------

const ofApplication = (tenantId: string, applicationId: string) =>
  and(eq(applicationSecrets.tenantId, tenantId), eq(applicationSecrets.applicationId, applicationId));

export const listSecrets = (db: Database, tenantId: string, applicationId: string): Promise<SecretRow[]> =>
  db
    .select()
    .from(applicationSecrets)
    .where(ofApplication(tenantId, applicationId))
    .orderBy(asc(applicationSecrets.createdAt), asc(applicationSecrets.name));

/** Every secret of the tenant, held until the transaction ends. */
export const lockAllSecrets = (db: Database, tenantId: string): Promise<SecretRow[]> =>
  db.select().from(applicationSecrets).where(eq(applicationSecrets.tenantId, tenantId)).for('update');

export async function updateSealedValue(db: Database, row: SecretRow, valueSealed: string): Promise<void> {
  await db
    .update(applicationSecrets)
    .set({ valueSealed })
    .where(and(ofApplication(row.tenantId, row.applicationId), eq(applicationSecrets.name, row.name)));
}

export async function insertSecret(db: Database, row: SecretRow): Promise<void> {
  await db.insert(applicationSecrets).values(row);
}

export async function renameSecret(
  db: Database,
  tenantId: string,
  applicationId: string,
  name: string,
  to: string,
): Promise<SecretRow | undefined> {
  const rows = await db
    .update(applicationSecrets)
    .set({ name: to })
    .where(and(ofApplication(tenantId, applicationId), eq(applicationSecrets.name, name)))
    .returning();
  return rows[0];
}

export async function deleteSecret(
  db: Database,
  tenantId: string,
  applicationId: string,
  name: string,
): Promise<boolean> {
  const rows = await db
    .delete(applicationSecrets)
    .where(and(ofApplication(tenantId, applicationId), eq(applicationSecrets.name, name)))
    .returning({ name: applicationSecrets.name });
  return rows.length === 1;
}

// How the sign-in pages look for one application -----------------------------------------------------------------------

export async function findExperience(
  db: Database,
  tenantId: string,
  applicationId: string,
): Promise<ApplicationExperienceRow | undefined> {
  const rows = await db
    .select()
    .from(applicationSignInExperiences)
    .where(
      and(
        eq(applicationSignInExperiences.tenantId, tenantId),
        eq(applicationSignInExperiences.applicationId, applicationId),
      ),
    );
  return rows[0];
}

export async function upsertExperience(db: Database, row: ApplicationExperienceRow): Promise<void> {
  const { tenantId: _tenant, applicationId: _application, ...set } = row;
  await db
    .insert(applicationSignInExperiences)
    .values(row)
    .onConflictDoUpdate({
      target: [applicationSignInExperiences.tenantId, applicationSignInExperiences.applicationId],
      set,
    });
}
