import { and, asc, count, desc, eq, getTableColumns, gt, gte, inArray, lte, type SQL, sql } from 'drizzle-orm';
import { auditLogs } from '../../kernel/audit.ts';
import type { Database } from '../../kernel/database.ts';
import type { Page } from '../../kernel/operations.ts';
import { after } from '../../kernel/paging.ts';
import { tenantSettings } from '../oidc/oidc.table.ts';
import type { AuditKind, AuditLogSettings } from './audit-logs.contract.ts';
import { type ObjectEntry, wholeKeysOf } from './object-changes.ts';

export type AuditRow = typeof auditLogs.$inferSelect;

export interface LogFilter {
  userId?: string | undefined;
  applicationId?: string | undefined;
  key?: string | undefined;
  kind?: AuditKind | undefined;
  result?: 'Success' | 'Error' | undefined;
  search?: string | undefined;
  target?: { type: string; id: string } | undefined;
  targetType?: string | undefined;
  from?: Date | undefined;
  to?: Date | undefined;
}

const kindColumn = sql.raw('audit_logs.kind');
const searchText = sql.raw('audit_logs.search_text');

/** Words and phrases in quotation marks that the text must contain, or must not contain after a minus sign. */
function searchConditions(search: string): SQL[] {
  const terms = [...search.matchAll(/(-?)(?:"([^"]+)"|(\S+))/g)].slice(0, MAX_TERMS);
  return terms.map(([, minus, phrase, word]) => {
    const pattern = `%${(phrase ?? word ?? '').replace(/[\\%_]/g, '\\$&')}%`;
    return minus ? sql`${searchText} not ilike ${pattern}` : sql`${searchText} ilike ${pattern}`;
  });
}

const MAX_TERMS = 10;

/** Written out, not as parameters: an index over the failed ones alone serves no statement that may ask for others. */
const resultConditions = {
  Success: sql`${auditLogs.result} = 'Success'`,
  Error: sql`${auditLogs.result} = 'Error'`,
};

function conditionsOf(tenantId: string, filter: LogFilter): SQL | undefined {
  const { search } = filter;
  return and(
    eq(auditLogs.tenantId, tenantId),
    filter.userId === undefined ? undefined : eq(auditLogs.userId, filter.userId),
    filter.applicationId === undefined ? undefined : eq(auditLogs.applicationId, filter.applicationId),
    filter.key === undefined ? undefined : eq(auditLogs.key, filter.key),
    filter.kind && sql`${kindColumn} = ${filter.kind}`,
    filter.result && resultConditions[filter.result],
    filter.targetType === undefined ? undefined : eq(auditLogs.targetType, filter.targetType),
    filter.target && and(eq(auditLogs.targetType, filter.target.type), eq(auditLogs.targetId, filter.target.id)),
    filter.from && gte(auditLogs.createdAt, filter.from),
    filter.to && lte(auditLogs.createdAt, filter.to),
    ...(search ? [sql`${searchText} is not null`, ...searchConditions(search)] : []),
  );
}

const inOrder = [desc(auditLogs.createdAt), asc(auditLogs.id)] as const;
const fromTheOldest = [asc(auditLogs.createdAt), desc(auditLogs.id)] as const;

/** The statement of a page; awaited, it gives the rows. */
export function listLogs(
  db: Database,
  tenantId: string,
  filter: LogFilter,
  options: { page: Page; before?: string | undefined },
) {
  const { page, before } = options;
  return db
    .select()
    .from(auditLogs)
    .where(and(conditionsOf(tenantId, filter), before === undefined ? undefined : after(auditLogs, tenantId, before)))
    .orderBy(...inOrder)
    .limit(page.limit)
    .offset(page.offset);
}

/**
 * The statement that counts what the filter leaves; counting stops at `cap`. It begins with the oldest: PostgreSQL
 * counts them in the index alone, while it looks at each row that was written since the last vacuum.
 */
export function countStatement(db: Database, tenantId: string, filter: LogFilter, cap: number | undefined) {
  const found = db
    .select({ one: sql`1`.as('one') })
    .from(auditLogs)
    .where(conditionsOf(tenantId, filter))
    .$dynamic();
  if (cap !== undefined) found.limit(cap);
  // What is found by words has no order in its index, and sorting it would cost more than it saves.
  if (cap !== undefined && !filter.search) found.orderBy(...fromTheOldest);
  return db.select({ total: count() }).from(found.as('found'));
}

export async function countLogs(db: Database, tenantId: string, filter: LogFilter, cap?: number): Promise<number> {
  const rows = await countStatement(db, tenantId, filter, cap);
  return rows[0]?.total ?? 0;
}

export async function findLog(db: Database, tenantId: string, id: string): Promise<AuditRow | undefined> {
  const rows = await db
    .select()
    .from(auditLogs)
    .where(and(eq(auditLogs.tenantId, tenantId), eq(auditLogs.id, id)));
  return rows[0];
}

const columns = Object.entries(getTableColumns(auditLogs)).map(([property, column]) => ({ property, column }));
const names = sql.join(
  columns.map(({ column }) => sql.identifier(column.name)),
  sql.raw(', '),
);
const typedProperties = sql.raw(
  columns.map(({ property, column }) => `"${property}" ${column.getSQLType()}`).join(', '),
);

/** Writes many entries as one JSON parameter: a statement of fixed text, whose building costs the same for one and for 500. */
export async function insertLogs(db: Database, rows: (typeof auditLogs.$inferInsert)[]): Promise<void> {
  const json = JSON.stringify(rows);
  await db.execute(
    sql`insert into ${auditLogs} (${names}) select * from jsonb_to_recordset(${json}::jsonb) as entries (${typedProperties})`,
  );
}

/** The entry that tells the object's state at a moment: the last one before it, or else the first one after it. */
export async function findStateEntry(
  db: Database,
  tenantId: string,
  target: { type: string; id: string },
  moment: Date,
): Promise<{ entry: AuditRow; isLater: boolean } | undefined> {
  const told = and(conditionsOf(tenantId, { target }), inArray(auditLogs.key, wholeKeysOf(target.type)));
  const one = (where: SQL | undefined, order: readonly SQL[]) =>
    db
      .select()
      .from(auditLogs)
      .where(where)
      .orderBy(...order)
      .limit(1);
  const [earlier] = await one(and(told, lte(auditLogs.createdAt, moment)), [desc(auditLogs.createdAt), asc(isBirth)]);
  if (earlier) return { entry: earlier, isLater: false };
  const [later] = await one(and(told, gt(auditLogs.createdAt, moment)), [asc(auditLogs.createdAt), desc(isBirth)]);
  return later && { entry: later, isLater: true };
}

/** What was made and changed in one request has one time: being made was first. */
const isBirth = sql`${auditLogs.key} like '%.Created'`;

/** An object's entries after one moment and up to another, the oldest first, in batches. */
export async function* entriesBetween(
  db: Database,
  tenantId: string,
  target: { type: string; id: string },
  times: { from: Date; to: Date },
): AsyncGenerator<ObjectEntry> {
  for (let offset = 0; ; offset += ENTRY_BATCH) {
    const rows = await db
      .select({ key: auditLogs.key, targetType: auditLogs.targetType, payload: auditLogs.payload })
      .from(auditLogs)
      .where(
        and(
          conditionsOf(tenantId, { target, to: times.to, result: 'Success' }),
          gt(auditLogs.createdAt, times.from),
          sql`${kindColumn} = 'change'`,
        ),
      )
      .orderBy(asc(auditLogs.createdAt), desc(isBirth), desc(auditLogs.id))
      .limit(ENTRY_BATCH)
      .offset(offset);
    yield* rows;
    if (rows.length < ENTRY_BATCH) return;
  }
}

const ENTRY_BATCH = 1000;

/** Removes a batch of the entries of a kind that are older; answers how many there were. */
export async function deleteOlder(
  db: Database,
  tenantId: string,
  kind: AuditKind,
  before: Date,
  batch: number,
): Promise<number> {
  const result = await db.execute(sql`
    delete from audit_logs where tenant_id = ${tenantId} and id in (
      select id from audit_logs where tenant_id = ${tenantId} and kind = ${kind} and created_at < ${before}
      order by created_at limit ${batch})`);
  return result.rowCount ?? 0;
}

const SETTING = 'auditLogs';

export async function findSettings(db: Database, tenantId: string): Promise<Partial<AuditLogSettings> | undefined> {
  const rows = await db
    .select({ value: tenantSettings.value })
    .from(tenantSettings)
    .where(and(eq(tenantSettings.tenantId, tenantId), eq(tenantSettings.key, SETTING)));
  return rows[0]?.value as Partial<AuditLogSettings> | undefined;
}

export async function upsertSettings(db: Database, tenantId: string, value: AuditLogSettings): Promise<void> {
  await db
    .insert(tenantSettings)
    .values({ tenantId, key: SETTING, value })
    .onConflictDoUpdate({ target: [tenantSettings.tenantId, tenantSettings.key], set: { value } });
}

export async function listTenantIds(db: Database): Promise<string[]> {
  const { rows } = await db.execute<{ id: string }>(sql`select id from tenants`);
  return rows.map(({ id }) => id);
}
