import { sql } from 'drizzle-orm';
import { bulkInsert } from '../../kernel/bulk-insert.ts';
import type { Database } from '../../kernel/database.ts';
import { textArray } from '../../kernel/relations.ts';
import type { IdentityRow, UserColumns } from './users.store.ts';
import { userIdentities, users } from './users.table.ts';

/** Inserts whom no other user stands in the way of; answers their ids. */
export async function insertFreeUsers(db: Database, rows: UserColumns[]): Promise<Set<string>> {
  if (rows.length === 0) return new Set();
  const inserted = await db.execute<{ id: string }>(
    sql`${bulkInsert(users, rows)} on conflict do nothing returning id`,
  );
  return new Set(inserted.rows.map(({ id }) => id));
}

/** What is taken of these users' ids and identifiers; addresses in lower case. */
export async function findTaken(
  db: Database,
  tenantId: string,
  rows: Pick<UserColumns, 'id' | 'username' | 'primaryEmail' | 'primaryPhone'>[],
): Promise<Record<'ids' | 'usernames' | 'emails' | 'phones', Set<string>>> {
  const list = (values: (string | null)[]) => textArray(values.filter((value) => value !== null));
  const { rows: found } = await db.execute<Record<'id' | 'username' | 'email' | 'phone', string>>(sql`
    select id, username, email_folded as email, primary_phone as phone from users
    where tenant_id = ${tenantId} and (id = any(${list(rows.map(({ id }) => id))})
      or username = any(${list(rows.map(({ username }) => username))})
      or email_folded = any(${list(rows.map(({ primaryEmail }) => primaryEmail?.toLowerCase() ?? null))})
      or primary_phone = any(${list(rows.map(({ primaryPhone }) => primaryPhone))}))`);
  return {
    ids: new Set(found.map(({ id }) => id)),
    usernames: new Set(found.map(({ username }) => username)),
    emails: new Set(found.map(({ email }) => email)),
    phones: new Set(found.map(({ phone }) => phone)),
  };
}

/** Holds back others who want one of these usernames in any case, and answers which are taken, in lower case. */
export async function claimUsernames(db: Database, tenantId: string, usernames: string[]): Promise<Set<string>> {
  const lower = textArray([...new Set(usernames.map((name) => name.toLowerCase()))].sort());
  await db.execute(sql`
    select pg_advisory_xact_lock(hashtextextended('username:' || ${tenantId} || ':' || name, 0)) from unnest(${lower}) as name`);
  const { rows } = await db.execute<{ username: string }>(sql`
    select username_folded as username from users
    where tenant_id = ${tenantId} and username_folded = any(${lower})`);
  return new Set(rows.map(({ username }) => username));
}

export const identityKey = ({ target, identityId }: Pick<IdentityRow, 'target' | 'identityId'>): string =>
  JSON.stringify([target, identityId]);

/** Which of these accounts belong to somebody, by `identityKey`. */
export async function findTakenIdentities(
  db: Database,
  tenantId: string,
  identities: Pick<IdentityRow, 'target' | 'identityId'>[],
): Promise<Set<string>> {
  if (identities.length === 0) return new Set();
  const { rows } = await db.execute<Record<'target' | 'identityId', string>>(sql`
    select i.target, i.identity_id as "identityId" from user_identities i
    join unnest(${textArray(identities.map(({ target }) => target))}, ${textArray(identities.map(({ identityId }) => identityId))})
      as wanted (target, identity_id) on wanted.target = i.target and wanted.identity_id = i.identity_id
    where i.tenant_id = ${tenantId}`);
  return new Set(rows.map(identityKey));
}

export async function insertIdentities(db: Database, rows: IdentityRow[]): Promise<void> {
  if (rows.length > 0) await db.execute(bulkInsert(userIdentities, rows));
}
