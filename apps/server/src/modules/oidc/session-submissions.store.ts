import { sql } from 'drizzle-orm';
import type { Database } from '../../kernel/database.ts';

/** How the user of a session signed in, and from where, as the sign-in engine has told it (features 14). */
export interface Submission {
  interactionEvent: string;
  userId: string;
  /** What was proved, without anything that could be proved again. */
  verificationRecords: Record<string, unknown>[];
  signInContext: Record<string, string>;
}

/** A sign-in that a session has come of, or that its user has made in it again. */
export interface SessionSignIn {
  sessionUid: string;
  userId: string;
  clientId: string;
  /** Undefined where the sign-in engine has told nothing. */
  submission: Submission | undefined;
}

/** Keeps how the user of a session has signed in; the application that it was begun for stays while the user does. */
export async function upsertSubmission(
  db: Database,
  tenantId: string,
  { sessionUid, userId, clientId, submission }: SessionSignIn,
  now: Date,
): Promise<void> {
  const told = submission ? JSON.stringify(submission) : null;
  await db.execute(sql`
    insert into session_submissions as s (tenant_id, session_uid, user_id, client_id, submission, submitted_at)
    values (${tenantId}, ${sessionUid}, ${userId}, ${clientId}, ${told}::jsonb, ${now.toISOString()})
    on conflict (tenant_id, session_uid) do update set
      user_id = excluded.user_id, submitted_at = excluded.submitted_at,
      client_id = case when s.user_id = excluded.user_id then s.client_id else excluded.client_id end,
      submission = case when s.user_id = excluded.user_id
        then coalesce(excluded.submission, s.submission) else excluded.submission end`);
}

/** How this user of a session has signed in; undefined when the session belongs to somebody else meanwhile. */
export async function findSubmission(
  db: Database,
  { tenantId, sessionUid, userId }: { tenantId: string; sessionUid: string; userId: string },
): Promise<Submission | undefined> {
  const result = await db.execute<{ submission: Submission | null }>(sql`
    select submission from session_submissions
    where tenant_id = ${tenantId} and session_uid = ${sessionUid} and user_id = ${userId}`);
  return result.rows[0]?.submission ?? undefined;
}

/** Removes what belongs to no session any more, of every tenant; a session that is just being made has its time. */
export async function deleteOrphans(db: Database, before: Date): Promise<void> {
  await db.execute(sql`
    delete from session_submissions s
    where submitted_at < ${before.toISOString()} and not exists (
      select from oidc_models m where m.tenant_id = s.tenant_id and m.model = 'Session' and m.uid = s.session_uid
    )`);
}
