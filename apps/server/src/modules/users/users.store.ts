import { and, eq, getTableColumns, ne, type SQL, sql } from 'drizzle-orm';
import { type Database, prepareOnce } from '../../kernel/database.ts';
import type { SsoIdentityView } from '../enterprise-sso/enterprise-sso.contract.ts';
import { userIdentities, users } from './users.table.ts';

export type UserColumns = typeof users.$inferSelect;
export type IdentityRow = typeof userIdentities.$inferSelect;
export type Identities = Record<string, { userId: string; details?: Record<string, unknown> }>;
/** A user with the linked accounts, read in one statement. */
export type UserRow = UserColumns & { identities: Identities; ssoIdentities: SsoIdentityView[] };
export type UserChange = Partial<Omit<UserColumns, 'tenantId' | 'id' | 'createdAt'>>;

/** Written with the table's name, because Drizzle drops it from columns and the subquery has columns of the same names. */
const identities = sql<Identities>`(
  select coalesce(jsonb_object_agg(i.target, jsonb_build_object('userId', i.identity_id)
    || case when i.details is null then '{}' else jsonb_build_object('details', i.details) end), '{}')
  from user_identities i where i.tenant_id = users.tenant_id and i.user_id = users.id)`;

/** Accounts at enterprise providers, the oldest first, as the wire has them. */
const ssoIdentities = sql<SsoIdentityView[]>`(
  select coalesce(jsonb_agg(jsonb_build_object('tenantId', i.tenant_id, 'id', i.id, 'userId', i.user_id,
    'issuer', i.issuer, 'identityId', i.identity_id, 'detail', i.detail, 'ssoConnectorId', i.sso_connector_id,
    'createdAt', floor(extract(epoch from i.created_at) * 1000),
    'updatedAt', floor(extract(epoch from i.updated_at) * 1000)) order by i.created_at, i.id), '[]')
  from user_sso_identities i where i.tenant_id = users.tenant_id and i.user_id = users.id)`;

/** What a user is read by. */
export const userColumns = {
  ...getTableColumns(users),
  identities: identities.as('identities'),
  ssoIdentities: ssoIdentities.as('sso_identities'),
};
async function findOne(db: Database, tenantId: string, condition: SQL): Promise<UserRow | undefined> {
  const rows = await db
    .select(userColumns)
    .from(users)
    .where(and(eq(users.tenantId, tenantId), condition));
  return rows[0];
}

const userById = prepareOnce((db) =>
  db
    .select(userColumns)
    .from(users)
    .where(and(eq(users.tenantId, sql.placeholder('tenantId')), eq(users.id, sql.placeholder('id'))))
    .prepare('user_by_id'),
);

/** Asked for by every token, so its statement is built once. */
export async function findUser(db: Database, tenantId: string, id: string): Promise<UserRow | undefined> {
  return (await userById(db).execute({ tenantId, id }))[0];
}

/** Letters beyond ASCII that PostgreSQL makes ASCII letters of: written with one, a name or an address is nobody's. */
const LOOKALIKES = /[\u0130\u212a]/;

/**
 * Addresses are compared without regard to case; usernames as the tenant wants them. The folded columns have indexes,
 * which `lower` of a column never gets to behind row-level security.
 */
export async function findUserByIdentifier(
  db: Database,
  tenantId: string,
  identifier: UserIdentifier,
  caseSensitive: boolean,
): Promise<UserRow | undefined> {
  const { type, value } = identifier;
  if (LOOKALIKES.test(value)) return undefined;
  if (type === 'email') return findOne(db, tenantId, sql`users.email_folded = lower(${value})`);
  if (type === 'phone') return findOne(db, tenantId, eq(users.primaryPhone, value));
  if (caseSensitive) return findOne(db, tenantId, eq(users.username, value));
  return findOne(db, tenantId, sql`users.username_folded = lower(${value})`);
}

export interface UserIdentifier {
  type: 'username' | 'email' | 'phone';
  value: string;
}

export const findUserByIdentity = (db: Database, tenantId: string, target: string, identityId: string) =>
  findOne(
    db,
    tenantId,
    sql`${users.id} = (select i.user_id from user_identities i
      where i.tenant_id = ${tenantId} and i.target = ${target} and i.identity_id = ${identityId})`,
  );

/** The user, kept from other changes until the transaction ends. */
export async function lockUser(db: Database, tenantId: string, id: string): Promise<UserRow | undefined> {
  const rows = await db
    .select(userColumns)
    .from(users)
    .where(and(eq(users.tenantId, tenantId), eq(users.id, id)))
    .for('update', { of: users });
  return rows[0];
}

/** Holds others back who want the same username in another case, until the transaction ends. */
export async function lockUsername(db: Database, tenantId: string, username: string): Promise<void> {
  const key = `username:${tenantId}:${username.toLowerCase()}`;
  await db.execute(sql`select pg_advisory_xact_lock(hashtextextended(${key}, 0))`);
}

export async function insertUser(db: Database, row: UserColumns): Promise<void> {
  await db.insert(users).values(row);
}

export async function updateUser(db: Database, tenantId: string, id: string, change: UserChange): Promise<void> {
  await db
    .update(users)
    .set(change)
    .where(and(eq(users.tenantId, tenantId), eq(users.id, id)));
}

/** Replaces a digest by a better one of the same password, unless the password was changed meanwhile. */
export async function replaceDigest(
  db: Database,
  key: { tenantId: string; id: string; passwordDigest: string },
  next: Pick<UserColumns, 'passwordDigest' | 'passwordAlgorithm'>,
): Promise<void> {
  await db
    .update(users)
    .set(next)
    .where(and(eq(users.tenantId, key.tenantId), eq(users.id, key.id), eq(users.passwordDigest, key.passwordDigest)));
}

export async function deleteUser(db: Database, tenantId: string, id: string): Promise<void> {
  await db.delete(users).where(and(eq(users.tenantId, tenantId), eq(users.id, id)));
}

/** Unlinks an account; answers what was linked. */
export async function deleteIdentity(
  db: Database,
  tenantId: string,
  userId: string,
  target: string,
): Promise<IdentityRow | undefined> {
  const rows = await db
    .delete(userIdentities)
    .where(
      and(eq(userIdentities.tenantId, tenantId), eq(userIdentities.userId, userId), eq(userIdentities.target, target)),
    )
    .returning();
  return rows[0];
}

/** Links an account, or renews what is known of it; another account of the provider goes, and its tokens with it. */
export async function upsertIdentity(db: Database, row: IdentityRow): Promise<void> {
  const { tenantId, userId, target, identityId } = userIdentities;
  const another = and(
    eq(tenantId, row.tenantId),
    eq(userId, row.userId),
    eq(target, row.target),
    ne(identityId, row.identityId),
  );
  await db.delete(userIdentities).where(another);
  await db
    .insert(userIdentities)
    .values(row)
    .onConflictDoUpdate({
      target: [userIdentities.tenantId, userIdentities.userId, userIdentities.target],
      set: { details: row.details },
    });
}

/** Usernames that are the same but for their case: how many, and some of them. */
export async function findUsernameConflicts(
  db: Database,
  tenantId: string,
  limit: number,
): Promise<{ totalConflicts: number; samples: { usernameLower: string; userIds: string[] }[] }> {
  const result = await db.execute<{ username: string; ids: string[]; total: string }>(sql`
    select username_folded as username, array_agg(id order by id) as ids, count(*) over () as total
    from users where tenant_id = ${tenantId} and username is not null
    group by username_folded having count(*) > 1 order by 1 limit ${limit}`);
  return {
    totalConflicts: Number(result.rows[0]?.total ?? 0),
    samples: result.rows.map(({ username, ids }) => ({ usernameLower: username, userIds: ids })),
  };
}
