import { and, eq, gt, isNotNull, isNull, lt } from 'drizzle-orm';
import type { Database } from '../../kernel/database.ts';
import { samlAnswers } from './saml-answers.table.ts';

type SamlAnswerRow = typeof samlAnswers.$inferSelect;
export type SamlAnswerKey = Pick<SamlAnswerRow, 'tenantId' | 'connectorId' | 'stateHash'>;

const outstanding = ({ tenantId, connectorId, stateHash }: SamlAnswerKey, now: Date) =>
  and(
    eq(samlAnswers.tenantId, tenantId),
    eq(samlAnswers.connectorId, connectorId),
    eq(samlAnswers.stateHash, stateHash),
    gt(samlAnswers.expiresAt, now),
  );

/** One that was begun twice under the same state is begun anew: what may have come for it is gone. */
export async function insertExpected(db: Database, row: SamlAnswerRow): Promise<void> {
  const { redirectUri, responseSealed, expiresAt } = row;
  await db
    .insert(samlAnswers)
    .values(row)
    .onConflictDoUpdate({
      target: [samlAnswers.tenantId, samlAnswers.connectorId, samlAnswers.stateHash],
      set: { redirectUri, responseSealed, expiresAt },
    });
}

/** Keeps the first answer to a request, and says where the browser goes; a second one finds nothing to answer. */
export async function fillExpected(
  db: Database,
  key: SamlAnswerKey,
  responseSealed: string,
  now: Date,
): Promise<string | undefined> {
  const rows = await db
    .update(samlAnswers)
    .set({ responseSealed })
    .where(and(outstanding(key, now), isNull(samlAnswers.responseSealed)))
    .returning({ redirectUri: samlAnswers.redirectUri });
  return rows[0]?.redirectUri;
}

/** Takes an answer out: whoever comes second finds none. */
export async function takeFilled(db: Database, key: SamlAnswerKey, now: Date): Promise<string | undefined> {
  const rows = await db
    .delete(samlAnswers)
    .where(and(outstanding(key, now), isNotNull(samlAnswers.responseSealed)))
    .returning({ responseSealed: samlAnswers.responseSealed });
  return rows[0]?.responseSealed ?? undefined;
}

/** Of every tenant. */
export async function deleteExpired(db: Database, before: Date): Promise<void> {
  await db.delete(samlAnswers).where(lt(samlAnswers.expiresAt, before));
}
