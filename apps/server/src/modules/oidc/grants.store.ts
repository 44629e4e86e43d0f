import { sql } from 'drizzle-orm';
import type { Database } from '../../kernel/database.ts';
import type { Device } from './oidc.store.ts';
import type { Submission } from './session-submissions.store.ts';

export interface GrantKey {
  accountId: string;
  clientId: string;
}

/** Holds back other sign-ins of the same user to the same application until the transaction ends. */
export async function lockGrantsOf(db: Database, tenantId: string, key: GrantKey): Promise<void> {
  const name = `grants ${tenantId} ${key.accountId} ${key.clientId}`;
  await db.execute(sql`select pg_advisory_xact_lock(hashtextextended(${name}, 0))`);
}

/** Ids of the grants beyond the newest `max`; `current` counts as the newest, for times are whole seconds. */
export async function findSurplusGrants(
  db: Database,
  tenantId: string,
  { accountId, clientId }: GrantKey,
  { current, max }: { current: string; max: number },
  now: Date,
): Promise<string[]> {
  const result = await db.execute<{ grant_id: string }>(sql`
    select grant_id from oidc_models
    where tenant_id = ${tenantId} and account_id = ${accountId} and model = 'Grant' and client_id = ${clientId}
      and grant_id is not null and expires_at > ${now.toISOString()}
    order by (grant_id = ${current}) desc, (payload ->> 'iat')::bigint desc, grant_id offset ${max}`);
  return result.rows.map(({ grant_id: id }) => id);
}

/** A browser's session, without the value of its cookie. */
export interface ProtocolSession {
  uid: string;
  userId: string;
  /** Seconds since 1970. */
  issuedAt: number;
  signedInAt: number;
  expiresAt: Date;
  /** By client id. */
  authorizations: Record<string, { sid?: string; grantId?: string; persistsLogout?: boolean }>;
  /** How and from where the user signed in; null for a session from before that was kept. */
  lastSubmission: Submission | null;
  /** The application that it was begun for. */
  clientId: string | null;
  /** What the session was used by last. */
  device: Device | null;
}

export interface ProtocolGrant {
  id: string;
  userId: string;
  clientId: string;
  issuedAt: number;
  expiresAt: Date;
  /** Granted scopes: those of OpenID Connect, and by the indicator of an API. */
  openid: string;
  resources: Record<string, string>;
}

const ofModel = (tenantId: string, accountId: string, model: 'Session' | 'Grant', now: Date) =>
  sql`tenant_id = ${tenantId} and account_id = ${accountId} and model = ${model} and expires_at > ${now.toISOString()}`;

/** Sessions that a user is signed in by, the newest first. */
export async function listSessions(
  db: Database,
  tenantId: string,
  userId: string,
  now: Date,
): Promise<ProtocolSession[]> {
  const result = await db.execute<Record<keyof ProtocolSession, never>>(sql`
    select uid, account_id as "userId", (payload ->> 'iat')::int as "issuedAt", expires_at as "expiresAt",
      coalesce((payload ->> 'loginTs')::int, (payload ->> 'iat')::int) as "signedInAt",
      coalesce(payload -> 'authorizations', '{}') as authorizations,
      s.submission as "lastSubmission", s.client_id as "clientId",
      payload -> 'device' as device
    from oidc_models left join lateral (
      select submission, client_id from session_submissions
      where tenant_id = oidc_models.tenant_id and session_uid = oidc_models.uid and user_id = account_id
    ) s on true
    where ${ofModel(tenantId, userId, 'Session', now)} and uid is not null
    order by "signedInAt" desc, uid`);
  return result.rows.map((row: ProtocolSession) => ({ ...row, expiresAt: new Date(row.expiresAt) }));
}

/** Grants of a user that are in force, the newest first. */
export async function listGrants(db: Database, tenantId: string, userId: string, now: Date): Promise<ProtocolGrant[]> {
  const result = await db.execute<Record<keyof ProtocolGrant, never>>(sql`
    select grant_id as id, account_id as "userId", client_id as "clientId", expires_at as "expiresAt",
      (payload ->> 'iat')::int as "issuedAt", coalesce(payload -> 'openid' ->> 'scope', '') as openid,
      coalesce(payload -> 'resources', '{}') as resources
    from oidc_models where ${ofModel(tenantId, userId, 'Grant', now)} and grant_id is not null
    order by "issuedAt" desc, grant_id`);
  return result.rows.map((row: ProtocolGrant) => ({ ...row, expiresAt: new Date(row.expiresAt) }));
}
