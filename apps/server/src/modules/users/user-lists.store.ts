import { and, asc, desc, eq, type SQL, sql } from 'drizzle-orm';
import { type Database, prepareOnce } from '../../kernel/database.ts';
import type { Page } from '../../kernel/operations.ts';
import { after, type LongListed, type LongListOptions } from '../../kernel/paging.ts';
import { runSearch, type SearchQuery, searchCondition } from '../../kernel/search.ts';
import { COUNT_CAP } from '../../kernel/wire.contract.ts';
import { type UserRow, userColumns } from './users.store.ts';
import { users } from './users.table.ts';

/** What a search of users looks in. */
export const userSearchColumns = {
  id: users.id,
  primaryEmail: users.primaryEmail,
  primaryPhone: users.primaryPhone,
  username: users.username,
  name: users.name,
};

/** All that is searched, in one column with a trigram index; PostgreSQL fills it. */
const indexedText = sql`users.search_text`;

const literally = (text: string) => text.replace(/[\\%_]/g, '\\$&');

/**
 * A condition that the index can answer and that every match of the search fulfils:
 * what is like `pattern` in a column is like `%pattern%` in the columns joined.
 */
function indexedCondition({ conditions, joint }: SearchQuery): SQL | undefined {
  const usable = conditions.filter(({ mode }) => mode === 'like' || mode === 'exact');
  if (usable.length === 0 || (joint === 'or' && usable.length < conditions.length)) return undefined;
  const parts = usable.map(({ mode, values }) => {
    const patterns = values.map((value) => `%${mode === 'exact' ? literally(value) : value}%`);
    return sql`(${sql.join(
      patterns.map((pattern) => sql`${indexedText} ilike ${pattern}`),
      sql` or `,
    )})`;
  });
  return sql`(${sql.join(parts, joint === 'and' ? sql` and ` : sql` or `)})`;
}

export interface UserFilter {
  roleId?: string | undefined;
  excludeRoleId?: string | undefined;
  organizationId?: string | undefined;
  excludeOrganizationId?: string | undefined;
  /** Only with `organizationId`: who holds this role there. */
  organizationRoleId?: string | undefined;
  search?: SearchQuery | undefined;
}

const conjunction = (...conditions: (SQL | undefined)[]): SQL | undefined =>
  and(...conditions.filter((condition) => condition !== undefined));

/** Who is wanted; holders of a role and members of an organization as subqueries that their own indexes answer. */
function wanted(tenantId: string, { roleId, organizationId, organizationRoleId, search }: UserFilter): SQL | undefined {
  return conjunction(
    roleId === undefined
      ? undefined
      : sql`users.id in (select r.user_id from users_roles r
          where r.tenant_id = ${tenantId} and r.role_id = ${roleId})`,
    organizationId === undefined
      ? undefined
      : sql`users.id in (select m.user_id from organization_users m
          where m.tenant_id = ${tenantId} and m.organization_id = ${organizationId})`,
    organizationId === undefined || organizationRoleId === undefined
      ? undefined
      : sql`users.id in (select h.user_id from organization_user_roles h where h.tenant_id = ${tenantId}
          and h.organization_role_id = ${organizationRoleId} and h.organization_id = ${organizationId})`,
    search && indexedCondition(search),
    search && searchCondition(search, userSearchColumns),
  );
}

/** Behind a subquery, it is asked for one row after the other: the planner would read all who are left out instead. */
const ONE_BY_ONE = sql`offset 0`;

/** Whom of the users with an id the filter does not leave out. */
function notLeftOut(tenantId: string, filter: UserFilter, id: SQL, how = sql``): SQL | undefined {
  const { excludeRoleId, excludeOrganizationId } = filter;
  return conjunction(
    excludeRoleId === undefined
      ? undefined
      : sql`not exists (select 1 from users_roles r where r.tenant_id = ${tenantId}
          and r.user_id = ${id} and r.role_id = ${excludeRoleId} ${how})`,
    excludeOrganizationId === undefined
      ? undefined
      : sql`not exists (select 1 from organization_users m where m.tenant_id = ${tenantId}
          and m.user_id = ${id} and m.organization_id = ${excludeOrganizationId} ${how})`,
  );
}

const usersOf = (tenantId: string) => sql`
  (select coalesce(sum(users), 0) from user_counts where tenant_id = ${tenantId})`;
const holdersOf = (tenantId: string, roleId: string) => sql`
  (select coalesce(sum(users), 0) from role_holders where tenant_id = ${tenantId} and role_id = ${roleId})`;
const membersOf = (tenantId: string, organizationId: string) => sql`
  (select coalesce(sum(users), 0) from organization_member_counts
    where tenant_id = ${tenantId} and organization_id = ${organizationId})`;

/** How many the list has in all, where that follows from what the database keeps count of (migrations 0300, 0325). */
function keptTotal(tenantId: string, filter: UserFilter): SQL | undefined {
  const [condition, ...more] = Object.entries(filter).filter(([, value]) => value !== undefined);
  if (more.length > 0) return undefined;
  if (!condition) return usersOf(tenantId);
  const { roleId, excludeRoleId, organizationId, excludeOrganizationId } = filter;
  if (roleId !== undefined) return holdersOf(tenantId, roleId);
  if (organizationId !== undefined) return membersOf(tenantId, organizationId);
  if (excludeRoleId !== undefined) return sql`${usersOf(tenantId)} - ${holdersOf(tenantId, excludeRoleId)}`;
  if (excludeOrganizationId === undefined) return undefined;
  return sql`${usersOf(tenantId)} - ${membersOf(tenantId, excludeOrganizationId)}`;
}

async function readCount(db: Database, count: SQL): Promise<number> {
  const { rows } = await db.execute<{ total: number }>(sql`select (${count})::int as total`);
  return rows[0]?.total ?? 0;
}

/** Not awaited here: of two statements that fail in a transaction, the first tells why. */
function countFound(db: Database, where: SQL | undefined, cap: number | undefined) {
  if (cap === undefined) return db.$count(users, where);
  const found = db.select({ id: users.id }).from(users).where(where).limit(cap).as('found');
  return db.$count(found);
}

const newestFirst = [desc(users.createdAt), asc(users.id)] as const;

/** A page of everybody is what consoles and synchronizations ask for most, so its statement is built once. */
const pageOfAll = prepareOnce((db) =>
  db
    .select(userColumns)
    .from(users)
    .where(eq(users.tenantId, sql.placeholder('tenantId')))
    .orderBy(...newestFirst)
    .limit(sql.placeholder('limit'))
    .offset(sql.placeholder('offset'))
    .prepare('users_page'),
);

interface ListRequest {
  tenantId: string;
  filter: UserFilter;
  page: Page;
  options: LongListOptions;
}

/** One page, the newest first, and how many there are in all. */
export function listUsers(db: Database, request: ListRequest): Promise<LongListed<UserRow>> {
  const { filter, options } = request;
  const leavesOut = filter.excludeRoleId !== undefined || filter.excludeOrganizationId !== undefined;
  const isBounded = leavesOut && (options.cap !== undefined || options.before !== undefined);
  return runSearch(db, filter.search, (tx) => (isBounded ? lookOnce(tx, request) : readPage(tx, request)));
}

async function readPage(db: Database, { tenantId, filter, page, options }: ListRequest): Promise<LongListed<UserRow>> {
  const { before, cap } = options;
  const kept = before === undefined ? keptTotal(tenantId, filter) : undefined;
  const leftOut = notLeftOut(tenantId, filter, sql`users.id`);
  const condition = conjunction(wanted(tenantId, filter), leftOut);
  const where = and(eq(users.tenantId, tenantId), condition);
  const known = leftOut && kept ? await readCount(db, kept) : undefined;
  // Nobody is looked for where everybody is left out: that would be a look at everybody.
  if (known !== undefined && known <= page.offset) return { rows: [], ...capped(known, cap) };
  const [rows, counted] = await Promise.all([
    condition === undefined && before === undefined
      ? pageOfAll(db).execute({ tenantId, ...page })
      : db
          .select(userColumns)
          .from(users)
          .where(before === undefined ? where : and(where, after(users, tenantId, before)))
          .orderBy(...newestFirst)
          .limit(page.limit)
          .offset(page.offset),
    before === undefined ? (known ?? (kept ? readCount(db, kept) : countFound(db, where, cap))) : undefined,
  ]);
  return { rows, ...capped(counted, cap) };
}

function capped(counted: number | undefined, cap: number | undefined) {
  const isCapped = counted !== undefined && cap !== undefined && counted >= cap;
  return { total: isCapped ? cap : counted, isCapped };
}

/**
 * A page of those that a filter leaves over of the next 10,000 users. Where nearly everybody holds the role that is left
 * out, a page that had to be full would read them all; this one says after whom the list goes on.
 */
async function lookOnce(db: Database, { tenantId, filter, page, options }: ListRequest): Promise<LongListed<UserRow>> {
  const { before, cap } = options;
  const stretch = conjunction(
    eq(users.tenantId, tenantId),
    wanted(tenantId, filter),
    before === undefined ? undefined : after(users, tenantId, before),
  );
  const looked = db
    .select({ id: users.id, createdAt: users.createdAt })
    .from(users)
    .where(stretch)
    .orderBy(...newestFirst)
    .limit(COUNT_CAP)
    .as('looked');
  /** Anew each time, because a statement that is built on changes what it was made of. */
  const left = () =>
    db
      .select({ id: looked.id, createdAt: looked.createdAt })
      .from(looked)
      .where(notLeftOut(tenantId, filter, sql`${looked.id}`, ONE_BY_ONE));
  const chosen = left()
    .orderBy(desc(looked.createdAt), asc(looked.id))
    .limit(page.limit)
    .offset(page.offset)
    .as('chosen');
  const ids = db.select({ id: sql`chosen.id` }).from(chosen);
  const kept = keptTotal(tenantId, filter);
  const [rows, ends, counted] = await Promise.all([
    db
      .select(userColumns)
      .from(users)
      .where(and(eq(users.tenantId, tenantId), sql`users.id in ${ids}`))
      .orderBy(...newestFirst),
    db
      .select({ id: users.id })
      .from(users)
      .where(stretch)
      .orderBy(...newestFirst)
      .offset(COUNT_CAP - 1)
      .limit(1),
    before !== undefined ? undefined : kept ? readCount(db, kept) : db.$count(left().as('left_over')),
  ]);
  const end = ends[0]?.id;
  const count = capped(counted, cap);
  // What was counted is what was looked at; there may be more behind it.
  const isCapped = count.isCapped || (kept === undefined && counted !== undefined && end !== undefined);
  return { rows, total: count.total, isCapped, goesOnAfter: rows.length < page.limit ? end : undefined };
}
