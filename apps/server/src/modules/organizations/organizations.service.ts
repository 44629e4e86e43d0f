import { audit } from '../../kernel/audit.ts';
import { violates } from '../../kernel/database.ts';
import { emitEvent } from '../../kernel/events.ts';
import { shortId } from '../../kernel/ids.ts';
import type { Page } from '../../kernel/operations.ts';
import type { LongListed, LongListOptions } from '../../kernel/paging.ts';
import { type Scope, transaction } from '../../kernel/scope.ts';
import { listMemberships, type Member } from './memberships.store.ts';
import { fail, missing } from './organizations.errors.ts';
import * as store from './organizations.store.ts';

export type OrganizationsService = ReturnType<typeof createOrganizationsService>;

export type OrganizationInput = {
  [Column in keyof Omit<store.OrganizationRow, 'tenantId' | 'id' | 'createdAt'>]?:
    | store.OrganizationRow[Column]
    | undefined;
};

export async function getOrganization(scope: Scope, id: string): Promise<store.OrganizationRow> {
  const row = await store.findOrganization(scope.db, scope.tenantId, id);
  if (!row) throw missing('organization', id);
  return row;
}

/** Runs a change of one organization in a transaction that holds its row. */
export const changeOrganization = <Result>(
  scope: Scope,
  id: string,
  work: (tx: Scope, row: store.OrganizationRow) => Promise<Result>,
): Promise<Result> =>
  transaction(scope, async (tx) => {
    const row = await store.lockOrganization(tx.db, tx.tenantId, id);
    if (!row) throw missing('organization', id);
    return work(tx, row);
  });

/** The organizations themselves; members, roles and invitations have files of their own. */
export function createOrganizationsService() {
  return {
    async list(
      scope: Scope,
      filter: { q?: string | undefined; showFeatured: boolean },
      page: Page,
      options: LongListOptions,
    ): Promise<LongListed<store.OrganizationRow & Partial<store.Featured>>> {
      if (options.before !== undefined) await getOrganization(scope, options.before);
      const listed = await store.listOrganizations(scope.db, scope.tenantId, filter.q, page, options);
      if (!filter.showFeatured) return listed;
      const { rows } = listed;
      const featured = await store.findFeatured(
        scope.db,
        scope.tenantId,
        rows.map(({ id }) => id),
      );
      return { ...listed, rows: rows.map((row) => ({ ...row, ...featured.get(row.id) })) };
    },

    /** Organizations of a member, with the roles held there, the first joined first. */
    async listOf(scope: Scope, member: Member) {
      const memberships = await listMemberships(scope.db, scope.tenantId, member);
      const rows = await store.findOrganizations(
        scope.db,
        scope.tenantId,
        memberships.map(({ organizationId }) => organizationId),
      );
      const byId = new Map(rows.map((row) => [row.id, row]));
      return memberships.flatMap(({ organizationId, roles, joinedAt, lastActiveAt }) => {
        const row = byId.get(organizationId);
        return row ? [{ ...row, organizationRoles: roles, joinedAt, lastActiveAt }] : [];
      });
    },

    create: (scope: Scope, input: OrganizationInput & { name: string }): Promise<store.OrganizationRow> =>
      transaction(scope, async (tx) => {
        const row: store.OrganizationRow = {
          slug: null,
          description: null,
          customData: {},
          isMfaRequired: false,
          color: {},
          branding: {},
          customCss: null,
          ...sent(input),
          name: input.name,
          tenantId: tx.tenantId,
          id: shortId(),
          createdAt: tx.now,
        };
        await uniquely(() => store.insertOrganization(tx.db, row));
        await record(tx, 'Organization.Created', row, { after: row });
        return row;
      }),

    update: (scope: Scope, id: string, input: OrganizationInput): Promise<store.OrganizationRow> =>
      changeOrganization(scope, id, async (tx, before) => {
        const change = sent(input);
        const after = { ...before, ...change };
        await uniquely(() => store.updateOrganization(tx.db, before, change));
        await record(tx, 'Organization.Data.Updated', after, { before, after });
        return after;
      }),

    remove: (scope: Scope, id: string): Promise<void> =>
      changeOrganization(scope, id, async (tx, before) => {
        await store.deleteOrganization(tx.db, before);
        await record(tx, 'Organization.Deleted', before, { before });
      }),
  };
}

/** Columns of what was sent. */
function sent(input: OrganizationInput): Partial<store.OrganizationRow> {
  return Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined));
}

async function record(
  tx: Scope,
  key: 'Organization.Created' | 'Organization.Data.Updated' | 'Organization.Deleted',
  row: store.OrganizationRow,
  change: { before?: store.OrganizationRow; after?: store.OrganizationRow },
): Promise<void> {
  await audit(tx, { key, target: { type: 'Organization', id: row.id }, ...change });
  const data = key === 'Organization.Deleted' ? null : { ...row, createdAt: row.createdAt.getTime() };
  await emitEvent(tx, { event: key, object: { type: 'Organization', id: row.id }, payload: { data } });
}

async function uniquely(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (violates(error, 'organizations_slug_key')) throw fail('organization.slug_in_use', { cause: error });
    throw error;
  }
}
