import { and, eq, lt, sql } from 'drizzle-orm';
import type { Database } from '../../kernel/database.ts';
import { messageSendWindows, verificationCodes } from './messages.table.ts';
import type { Recipient } from './recipients.ts';

export type CodeRow = typeof verificationCodes.$inferSelect;
/** One code, or the last one of a recipient; for its purpose and in its flow alone. */
export type CodeKey = Pick<CodeRow, 'purpose' | 'flowId'> &
  ({ id: string } | Pick<CodeRow, 'recipientType' | 'recipient'>);

/** Keeps a code in place of the one before it for the same recipient, purpose and flow. */
export async function putCode(db: Database, row: CodeRow): Promise<void> {
  const { tenantId, recipientType, recipient, purpose, flowId, ...fresh } = row;
  await db
    .insert(verificationCodes)
    .values(row)
    .onConflictDoUpdate({
      target: [
        verificationCodes.tenantId,
        verificationCodes.recipientType,
        verificationCodes.recipient,
        verificationCodes.purpose,
        verificationCodes.flowId,
      ],
      set: fresh,
    });
}

/** Counts one try and answers the code with it counted: the database alone decides which try is the last. */
export async function countAttempt(db: Database, tenantId: string, key: CodeKey): Promise<CodeRow | undefined> {
  const which =
    'id' in key
      ? eq(verificationCodes.id, key.id)
      : and(eq(verificationCodes.recipientType, key.recipientType), eq(verificationCodes.recipient, key.recipient));
  const bound = and(eq(verificationCodes.purpose, key.purpose), eq(verificationCodes.flowId, key.flowId));
  const rows = await db
    .update(verificationCodes)
    .set({ attempts: sql`${verificationCodes.attempts} + 1` })
    .where(and(eq(verificationCodes.tenantId, tenantId), bound, which))
    .returning();
  return rows[0];
}

/** True for the one caller that spends the code. */
export async function spendCode(db: Database, { tenantId, id }: CodeRow): Promise<boolean> {
  const rows = await db
    .delete(verificationCodes)
    .where(and(eq(verificationCodes.tenantId, tenantId), eq(verificationCodes.id, id)))
    .returning({ id: verificationCodes.id });
  return rows.length === 1;
}

/** Whose messages are counted: those that a recipient gets, or those that an address causes. */
export interface SendKey {
  type: Recipient['type'] | 'address';
  value: string;
}

/** Counts one message for the key, in the window that is open or in a new one. */
export async function countSend(
  db: Database,
  tenantId: string,
  { type, value }: SendKey,
  now: Date,
  endsAt: Date,
): Promise<{ sends: number; endsAt: Date }> {
  const over = sql`${messageSendWindows.endsAt} <= ${now}`;
  const rows = await db
    .insert(messageSendWindows)
    .values({ tenantId, recipientType: type, recipient: value, sends: 1, endsAt })
    .onConflictDoUpdate({
      target: [messageSendWindows.tenantId, messageSendWindows.recipientType, messageSendWindows.recipient],
      set: {
        sends: sql`case when ${over} then 1 else ${messageSendWindows.sends} + 1 end`,
        endsAt: sql`case when ${over} then ${endsAt} else ${messageSendWindows.endsAt} end`,
      },
    })
    .returning({ sends: messageSendWindows.sends, endsAt: messageSendWindows.endsAt });
  const [window] = rows;
  if (!window) throw new Error('an upsert answered no row');
  return window;
}

export async function deleteExpiredCodes(db: Database, before: Date): Promise<void> {
  await db.delete(verificationCodes).where(lt(verificationCodes.expiresAt, before));
  await db.delete(messageSendWindows).where(lt(messageSendWindows.endsAt, before));
}
