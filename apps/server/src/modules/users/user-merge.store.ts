import { type SQL, sql } from 'drizzle-orm';
import type { Database } from '../../kernel/database.ts';
import type { MergeKind } from './user-merge.contract.ts';

/**
 * The one place that knows every table in which a user's id stands, whatever module it belongs to: a merge that forgot
 * one would lose what is in it. A test compares the two lists with the database's foreign keys.
 */

export interface MergedPair {
  tenantId: string;
  sourceId: string;
  targetId: string;
}

/** What became of the rows of one table: the keys of those that moved, and of those that the target has already. */
export interface Moved {
  what: MergeKind;
  moved: string[];
  left: string[];
}

interface Move {
  what: MergeKind;
  table: string;
  /** Columns that tell the rows of one user apart; the last one names them. */
  key: readonly [string, ...string[]];
}

/** In this order: a role in an organization needs the membership. */
export const moves: readonly Move[] = [
  { what: 'roles', table: 'users_roles', key: ['role_id'] },
  { what: 'organizationRoles', table: 'organization_user_roles', key: ['organization_id', 'organization_role_id'] },
  { what: 'organizationConsents', table: 'consent_organizations', key: ['client_id', 'organization_id'] },
  { what: 'accessRules', table: 'access_users', key: ['application_id'] },
  { what: 'personalAccessTokens', table: 'personal_access_tokens', key: ['name'] },
];

/** Moved by functions of their own, here and in the module of factors. */
export const movedApart = [
  'organization_users',
  'user_identities',
  'user_sso_identities',
  'secrets',
  'organization_invitations',
  'totp_factors',
  'passkeys',
  'passkey_handles',
  'backup_codes',
];

/** Gone with the source: proofs and habits of a person at that account, and links that were made for it. */
export const leftBehind = [
  'account_deletions',
  'account_sessions',
  'operator_links',
  'protected_app_sessions',
  'trusted_devices',
  'factor_recovery_links',
  'sign_in_countries',
  'sign_in_places',
  'subject_tokens',
  'verification_records',
];

/** Whether the target has a row like `t`. */
const targetHas = (table: string, key: readonly string[], { targetId }: MergedPair): SQL => {
  const alike = key.map((column) => sql`o.${sql.identifier(column)} = t.${sql.identifier(column)}`);
  return sql`exists (select 1 from ${sql.identifier(table)} o
    where o.tenant_id = t.tenant_id and o.user_id = ${targetId} and ${sql.join(alike, sql` and `)})`;
};

const ofSource = ({ tenantId, sourceId }: MergedPair): SQL =>
  sql`t.tenant_id = ${tenantId} and t.user_id = ${sourceId}`;

/** Gives the target what it does not have yet; the rest goes with the source. */
export async function moveRows(db: Database, pair: MergedPair, { what, table, key }: Move): Promise<Moved> {
  const name = sql`t.${sql.identifier(key.at(-1) ?? '')}::text as name`;
  const moved = await db.execute<{ name: string }>(sql`
    update ${sql.identifier(table)} t set user_id = ${pair.targetId}
    where ${ofSource(pair)} and not ${targetHas(table, key, pair)} returning ${name}`);
  const left = await db.execute<{ name: string }>(
    sql`select ${name} from ${sql.identifier(table)} t where ${ofSource(pair)} order by 1`,
  );
  return { what, moved: moved.rows.map((row) => row.name), left: left.rows.map((row) => row.name) };
}

/** Copied, because what stands on a membership still needs the source's. Answers the organizations that are new. */
export async function copyMemberships(db: Database, pair: MergedPair): Promise<string[]> {
  const result = await db.execute<{ id: string }>(sql`
    insert into organization_users (tenant_id, organization_id, user_id, joined_at, last_active_at)
    select t.tenant_id, t.organization_id, ${pair.targetId}, t.joined_at, t.last_active_at
    from organization_users t where ${ofSource(pair)} order by t.organization_id
    on conflict do nothing returning organization_id as id`);
  return result.rows.map(({ id }) => id);
}

/** Accounts at providers: by which column there is one of a kind, and what its tokens are kept as. */
const linkedAccounts = {
  identities: { table: 'user_identities', column: 'target', kind: 'social' },
  ssoIdentities: { table: 'user_sso_identities', column: 'sso_connector_id', kind: 'enterprise_sso' },
} as const;

/** Linked accounts with the tokens that their providers gave: in one statement, since each needs the other's user. */
export async function moveIdentities(
  db: Database,
  pair: MergedPair,
  what: keyof typeof linkedAccounts,
): Promise<Moved> {
  const { table, column, kind } = linkedAccounts[what];
  const [accounts, provider] = [sql.identifier(table), sql.identifier(column)];
  const result = await db.execute<{ provider: string; moved: boolean }>(sql`
    with moved as (
      update ${accounts} t set user_id = ${pair.targetId}
      where ${ofSource(pair)} and not ${targetHas(table, [column], pair)} returning t.${provider} as provider
    ), tokens as (
      update secrets t set user_id = ${pair.targetId}
      where ${ofSource(pair)} and t.kind = ${kind} and not ${targetHas('secrets', ['kind', 'provider'], pair)}
        and not exists (select 1 from ${accounts} o
          where o.tenant_id = t.tenant_id and o.user_id = ${pair.targetId} and o.${provider} = t.provider)
    )
    select t.${provider} as provider, t.${provider} in (select provider from moved) as moved
    from ${accounts} t where ${ofSource(pair)} order by 1`);
  const named = (moved: boolean) => result.rows.filter((row) => row.moved === moved).map((row) => row.provider);
  return { what, moved: named(true), left: named(false) };
}

/** Invitations that the source sent or accepted. */
export async function renameInInvitations(db: Database, { tenantId, sourceId, targetId }: MergedPair): Promise<void> {
  for (const column of ['inviter_id', 'accepted_user_id'].map((name) => sql.identifier(name))) {
    await db.execute(sql`
      update organization_invitations set ${column} = ${targetId} where tenant_id = ${tenantId} and ${column} = ${sourceId}`);
  }
}
