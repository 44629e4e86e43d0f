import { type SQL, sql } from 'drizzle-orm';
import type { Database } from '../../kernel/database.ts';

/** Why tokens died before their time. */
export type EndReason =
  | 'reused'
  | 'revoked_by_user'
  | 'revoked_by_administrator'
  | 'revoked_by_application'
  | 'signed_out'
  | 'session_ended'
  | 'user_suspended'
  | 'user_deleted'
  | 'password_changed'
  | 'grant_limit';

/** A session that ended, with what it had authorized by client id. */
export interface EndedSession {
  userId: string;
  authorizations: Record<string, { sid?: string }>;
}

/**
 * Ends the protocol rows of a tenant that `which` picks and leaves behind why, for the refresh tokens among them, in
 * one statement. Answers the sessions that ended.
 */
export async function endModels(
  db: Database,
  tenantId: string,
  which: SQL,
  { reason, now }: { reason: EndReason; now: Date },
): Promise<EndedSession[]> {
  const result = await db.execute<Record<keyof EndedSession, never>>(sql`
    with gone as (
      delete from oidc_models where tenant_id = ${tenantId} and ${which}
      returning model, id, account_id, client_id, payload, expires_at
    ), told as (
      insert into oidc_endings (tenant_id, id, client_id, reason, ended_at, expires_at)
      select ${tenantId}, id, client_id, ${reason}, ${now.toISOString()}, expires_at
      from gone where model = 'RefreshToken'
      on conflict do nothing
    )
    select account_id as "userId", coalesce(payload -> 'authorizations', '{}') as authorizations
    from gone where model = 'Session' and account_id is not null`);
  return result.rows;
}

export const ofGrants = (grantIds: readonly string[]): SQL => sql`grant_id = any(${sql.param([...grantIds])}::text[])`;

export const ofSession = (userId: string, uid: string): SQL =>
  sql`model = 'Session' and uid = ${uid} and account_id = ${userId}`;

export const ofAccount = (userId: string): SQL => sql`account_id = ${userId}`;

export async function findEnding(
  db: Database,
  tenantId: string,
  id: string,
): Promise<{ clientId: string | null; reason: EndReason } | undefined> {
  const result = await db.execute<{ clientId: string | null; reason: EndReason }>(sql`
    select client_id as "clientId", reason from oidc_endings where tenant_id = ${tenantId} and id = ${id}`);
  return result.rows[0];
}

/** Removes what is told of tokens that would have expired before `before`. Needs the system's view. */
export async function deleteOldEndings(db: Database, before: Date): Promise<void> {
  await db.execute(sql`delete from oidc_endings where expires_at < ${before.toISOString()}`);
}
