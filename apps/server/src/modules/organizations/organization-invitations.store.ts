import { type SQL, sql } from 'drizzle-orm';
import type { Database } from '../../kernel/database.ts';
import type { Page } from '../../kernel/operations.ts';
import { epochMilliseconds, type Listed, readList } from '../../kernel/paging.ts';
import type { Relation } from '../../kernel/relations.ts';
import type { InvitationStatus } from './organization-invitations.contract.ts';

/** An invitation as the wire has it. */
export interface InvitationRow {
  tenantId: string;
  id: string;
  inviterId: string | null;
  invitee: string;
  acceptedUserId: string | null;
  organizationId: string;
  status: InvitationStatus;
  createdAt: number;
  updatedAt: number;
  expiresAt: number;
  organizationRoles: { id: string; name: string }[];
  redirectUri: string | null;
}

export interface InvitationFilter {
  organizationId?: string | undefined;
  inviterId?: string | undefined;
  invitee?: string | undefined;
}

/** One whose time is over counts as expired without anybody having written it down. */
const columns = (now: Date): SQL => sql`
  i.tenant_id as "tenantId", i.id, i.inviter_id as "inviterId", i.invitee, i.accepted_user_id as "acceptedUserId",
  i.organization_id as "organizationId", i.redirect_uri as "redirectUri",
  case when i.status = 'Pending' and i.expires_at <= ${now}::timestamptz then 'Expired' else i.status end as status,
  ${epochMilliseconds(sql`i.created_at`)} as "createdAt", ${epochMilliseconds(sql`i.updated_at`)} as "updatedAt",
  ${epochMilliseconds(sql`i.expires_at`)} as "expiresAt",
  (select coalesce(jsonb_agg(jsonb_build_object('id', r.id, 'name', r.name) order by r.name), '[]')
    from organization_invitation_roles g
    join organization_roles r on r.tenant_id = g.tenant_id and r.id = g.organization_role_id
    where g.tenant_id = i.tenant_id and g.invitation_id = i.id) as "organizationRoles"`;

/** The newest first. */
export function listInvitations(
  db: Database,
  tenantId: string,
  filter: InvitationFilter,
  now: Date,
  page: Page | undefined,
): Promise<Listed<InvitationRow>> {
  const { organizationId, inviterId, invitee } = filter;
  const conditions = [
    sql`i.tenant_id = ${tenantId}`,
    ...(organizationId === undefined ? [] : [sql`i.organization_id = ${organizationId}`]),
    ...(inviterId === undefined ? [] : [sql`i.inviter_id = ${inviterId}`]),
    ...(invitee === undefined ? [] : [sql`i.invitee_folded = lower(${invitee})`]),
  ];
  const from = sql`organization_invitations i where ${sql.join(conditions, sql` and `)}`;
  return readList<InvitationRow>(db, { columns: columns(now), from, order: sql`i.created_at desc, i.id` }, page);
}

export async function findInvitation(
  db: Database,
  tenantId: string,
  id: string,
  now: Date,
): Promise<InvitationRow | undefined> {
  const result = await db.execute<Record<keyof InvitationRow, never>>(
    sql`select ${columns(now)} from organization_invitations i where i.tenant_id = ${tenantId} and i.id = ${id}`,
  );
  return result.rows[0];
}

/** The invitation whose latest message brought this secret, whatever became of it. */
export async function findInvitationBySecret(
  db: Database,
  tenantId: string,
  secretHash: string,
  now: Date,
): Promise<InvitationRow | undefined> {
  const result = await db.execute<Record<keyof InvitationRow, never>>(
    sql`select ${columns(now)} from organization_invitations i
      where i.tenant_id = ${tenantId} and i.secret_hash = ${secretHash}`,
  );
  return result.rows[0];
}

/** Gives a pending invitation the secret of its newest link; the link before opens nothing from then on. */
export async function setSecret(
  db: Database,
  key: { tenantId: string; id: string },
  secretHash: string,
): Promise<boolean> {
  const result = await db.execute(sql`
    update organization_invitations set secret_hash = ${secretHash}
    where tenant_id = ${key.tenantId} and id = ${key.id} and status = 'Pending'`);
  return result.rowCount === 1;
}

/** What an invitation is made of. */
export interface NewInvitation {
  tenantId: string;
  id: string;
  organizationId: string;
  inviterId: string | null;
  invitee: string;
  expiresAt: Date;
  redirectUri: string | null;
}

/** Writes down that an earlier one has expired, so that another may be pending in its place. */
export async function expireInvitations(db: Database, row: NewInvitation, now: Date): Promise<void> {
  await db.execute(sql`
    update organization_invitations set status = 'Expired', updated_at = ${now}::timestamptz
    where tenant_id = ${row.tenantId} and organization_id = ${row.organizationId}
      and invitee_folded = lower(${row.invitee}) and status = 'Pending' and expires_at <= ${now}::timestamptz`);
}

export async function insertInvitation(db: Database, row: NewInvitation, now: Date): Promise<void> {
  await db.execute(sql`
    insert into organization_invitations
      (tenant_id, id, organization_id, inviter_id, invitee, status, created_at, updated_at, expires_at,
        redirect_uri)
    values (${row.tenantId}, ${row.id}, ${row.organizationId}, ${row.inviterId}, ${row.invitee}, 'Pending',
      ${now}::timestamptz, ${now}::timestamptz, ${row.expiresAt}::timestamptz,
      ${row.redirectUri})`);
}

/** The roles of an invitation as a relation. */
export const invitationRoles = (tenantId: string, id: string): Relation => ({
  table: 'organization_invitation_roles',
  owner: { tenant_id: tenantId, invitation_id: id },
  column: 'organization_role_id',
});

/** Ends a pending invitation. False when it has ended already: of fifty at once one is told true. */
export async function endInvitation(
  db: Database,
  key: { tenantId: string; id: string },
  end: { status: 'Accepted' | 'Revoked'; acceptedUserId: string | null },
  now: Date,
): Promise<boolean> {
  const result = await db.execute(sql`
    update organization_invitations
    set status = ${end.status}, accepted_user_id = ${end.acceptedUserId}, updated_at = ${now}::timestamptz
    where tenant_id = ${key.tenantId} and id = ${key.id} and status = 'Pending' and expires_at > ${now}::timestamptz`);
  return result.rowCount === 1;
}

export async function deleteInvitation(db: Database, tenantId: string, id: string): Promise<void> {
  await db.execute(sql`delete from organization_invitations where tenant_id = ${tenantId} and id = ${id}`);
}

/** Whether somebody with the address belongs to the organization. */
export async function isAddressOfMember(db: Database, row: NewInvitation): Promise<boolean> {
  const result = await db.execute(sql`
    select 1 from users u
    join organization_users m on m.tenant_id = u.tenant_id and m.user_id = u.id and m.organization_id = ${row.organizationId}
    where u.tenant_id = ${row.tenantId} and u.email_folded = lower(${row.invitee}) limit 1`);
  return result.rows.length > 0;
}

/** The address of a user, and whether somebody proved it; undefined for no user. */
export async function findAddress(
  db: Database,
  tenantId: string,
  userId: string,
): Promise<{ email: string | null; isVerified: boolean } | undefined> {
  const result = await db.execute<{ email: string | null; isVerified: boolean }>(sql`
    select primary_email as email, email_verified_at is not null as "isVerified"
    from users where tenant_id = ${tenantId} and id = ${userId}`);
  return result.rows[0];
}
