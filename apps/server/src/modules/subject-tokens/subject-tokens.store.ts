import { and, asc, eq, gt, isNull, lt } from 'drizzle-orm';
import type { Database } from '../../kernel/database.ts';
import { personalAccessTokens, subjectTokens } from './subject-tokens.table.ts';

export type SubjectTokenRow = typeof subjectTokens.$inferSelect;
export type PersonalAccessTokenRow = typeof personalAccessTokens.$inferSelect;

export async function insertSubjectToken(db: Database, row: SubjectTokenRow): Promise<void> {
  await db.insert(subjectTokens).values(row);
}

const exchangeable = (tenantId: string, id: string, now: Date) =>
  and(
    eq(subjectTokens.tenantId, tenantId),
    eq(subjectTokens.id, id),
    isNull(subjectTokens.consumedAt),
    gt(subjectTokens.expiresAt, now),
  );

export async function findExchangeable(
  db: Database,
  tenantId: string,
  id: string,
  now: Date,
): Promise<SubjectTokenRow | undefined> {
  const rows = await db
    .select()
    .from(subjectTokens)
    .where(exchangeable(tenantId, id, now));
  return rows[0];
}

/** Spends a subject token: the condition and the mark are one statement, so of many at once one is answered true. */
export async function consumeSubjectToken(db: Database, tenantId: string, id: string, now: Date): Promise<boolean> {
  const rows = await db
    .update(subjectTokens)
    .set({ consumedAt: now })
    .where(exchangeable(tenantId, id, now))
    .returning({ id: subjectTokens.id });
  return rows.length === 1;
}

/** Removes what could no longer be exchanged at `before`. Needs the system's view. */
export async function deleteExpiredSubjectTokens(db: Database, before: Date): Promise<void> {
  await db.delete(subjectTokens).where(lt(subjectTokens.expiresAt, before));
}

// Personal access tokens ---------------------------------------------------------------------------------------------

const named = (tenantId: string, userId: string, name: string) =>
  and(
    eq(personalAccessTokens.tenantId, tenantId),
    eq(personalAccessTokens.userId, userId),
    eq(personalAccessTokens.name, name),
  );

export const listPersonalAccessTokens = (
  db: Database,
  tenantId: string,
  userId: string,
): Promise<PersonalAccessTokenRow[]> =>
  db
    .select()
    .from(personalAccessTokens)
    .where(and(eq(personalAccessTokens.tenantId, tenantId), eq(personalAccessTokens.userId, userId)))
    .orderBy(asc(personalAccessTokens.createdAt), asc(personalAccessTokens.name));

export async function findPersonalAccessTokenByHash(
  db: Database,
  tenantId: string,
  valueHash: string,
): Promise<PersonalAccessTokenRow | undefined> {
  const rows = await db
    .select()
    .from(personalAccessTokens)
    .where(and(eq(personalAccessTokens.tenantId, tenantId), eq(personalAccessTokens.valueHash, valueHash)));
  return rows[0];
}

export async function insertPersonalAccessToken(db: Database, row: PersonalAccessTokenRow): Promise<void> {
  await db.insert(personalAccessTokens).values(row);
}

export async function renamePersonalAccessToken(
  db: Database,
  tenantId: string,
  userId: string,
  name: string,
  to: string,
): Promise<PersonalAccessTokenRow | undefined> {
  const rows = await db
    .update(personalAccessTokens)
    .set({ name: to })
    .where(named(tenantId, userId, name))
    .returning();
  return rows[0];
}

export async function deletePersonalAccessToken(
  db: Database,
  tenantId: string,
  userId: string,
  name: string,
): Promise<boolean> {
  const rows = await db
    .delete(personalAccessTokens)
    .where(named(tenantId, userId, name))
    .returning({ name: personalAccessTokens.name });
  return rows.length === 1;
}
