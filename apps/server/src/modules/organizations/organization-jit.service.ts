import { sql } from 'drizzle-orm';
import { audit } from '../../kernel/audit.ts';
import type { Database } from '../../kernel/database.ts';
import type { Page } from '../../kernel/operations.ts';
import { readList } from '../../kernel/paging.ts';
import { addRelated, type Relation, removeRelated, replaceRelated, textArray } from '../../kernel/relations.ts';
import type { Scope } from '../../kernel/scope.ts';
import type { SsoConnector } from '../enterprise-sso/enterprise-sso.contract.ts';
import { checkRoles, type MembersService } from './organization-members.service.ts';
import { type OrganizationRoleRow, roleColumns } from './organization-template.store.ts';
import { fail, refuseUnknown } from './organizations.errors.ts';
import { changeOrganization, getOrganization } from './organizations.service.ts';

export type JitService = ReturnType<typeof createJitService>;

/** What a new user brings that organizations may take as a reason to let the user in. */
export interface Joining {
  userId: string;
  /** Only an address that somebody has proved. */
  verifiedEmail?: string | undefined;
  /** Organizations that a one-time token names. */
  organizationIds?: readonly string[] | undefined;
  /** The enterprise provider that the user has come from for the first time. */
  ssoConnectorId?: string | undefined;
}

/** Who joins by themselves, and the roles they get; what is undefined stays as it is. */
type JoiningRules = Record<'domains' | 'ssoConnectorIds' | 'roleIds', string[] | undefined>;

/** What decides who joins, and as what: the table of each, and what the trail calls a change. */
const KINDS = {
  domains: {
    table: 'organization_jit_email_domains',
    column: 'email_domain',
    key: 'Organization.JitEmailDomains.Updated',
  },
  roles: { table: 'organization_jit_roles', column: 'organization_role_id', key: 'Organization.JitRoles.Updated' },
  ssoConnectors: {
    table: 'organization_jit_sso_connectors',
    column: 'sso_connector_id',
    key: 'Organization.JitSsoConnectors.Updated',
  },
} as const;
type JitKind = keyof typeof KINDS;

const relationOf = (tenantId: string, organizationId: string, what: JitKind): Relation => ({
  table: KINDS[what].table,
  owner: { tenant_id: tenantId, organization_id: organizationId },
  column: KINDS[what].column,
});

export interface JitDependencies {
  /** Enterprise connectors by id, without their secrets. */
  describeSsoConnectors(scope: Scope, ids: string[]): Promise<SsoConnector[]>;
}

/** Organizations that take the user in, with the roles given to who joins by themselves: one statement. */
async function findWelcoming(
  db: Database,
  tenantId: string,
  joining: Joining,
): Promise<{ organizationId: string; roleIds: string[] }[]> {
  const domain = joining.verifiedEmail?.split('@').at(-1)?.toLowerCase() ?? null;
  const result = await db.execute<{ organizationId: string; roleIds: string[] }>(sql`
    select o.id as "organizationId",
      (select coalesce(jsonb_agg(r.organization_role_id), '[]') from organization_jit_roles r
        where r.tenant_id = o.tenant_id and r.organization_id = o.id) as "roleIds"
    from organizations o
    where o.tenant_id = ${tenantId} and o.id in (
      select organization_id from organization_jit_email_domains where tenant_id = ${tenantId} and email_domain = ${domain}
      union select organization_id from organization_jit_sso_connectors
        where tenant_id = ${tenantId} and sso_connector_id = ${joining.ssoConnectorId ?? null}
      union select unnest(${textArray(joining.organizationIds ?? [])}))
    order by o.id`);
  return result.rows;
}

/** Who joins an organization by themselves, and the roles they get. */
export function createJitService(deps: JitDependencies, members: Pick<MembersService, 'join'>) {
  const change = (scope: Scope, id: string, what: JitKind, work: (tx: Scope, held: Relation) => Promise<object>) =>
    changeOrganization(scope, id, (tx) => recorded(tx, id, what, work));

  /** Does and records a change, in the transaction in progress. */
  const recorded = async (
    tx: Scope,
    id: string,
    what: JitKind,
    work: (tx: Scope, held: Relation) => Promise<object>,
  ): Promise<void> => {
    const details = await work(tx, relationOf(tx.tenantId, id, what));
    await audit(tx, { key: KINDS[what].key, target: { type: 'Organization', id }, details: { ...details } });
  };

  const setRoles = async (tx: Scope, held: Relation, organizationId: string, roleIds: string[]): Promise<object> => {
    await checkRoles(tx, { organizationId, kind: 'users' }, roleIds);
    return replaceRelated(tx.db, held, roleIds);
  };

  const checkSsoConnectors = async (tx: Scope, ids: string[]): Promise<void> => {
    refuseUnknown(ids, await deps.describeSsoConnectors(tx, ids));
  };

  const setSsoConnectors = async (tx: Scope, held: Relation, ids: string[]): Promise<object> => {
    await checkSsoConnectors(tx, ids);
    return replaceRelated(tx.db, held, ids);
  };

  return {
    /** Domains whose users some organization takes in. */
    async welcomeDomains(scope: Scope): Promise<Set<string>> {
      const { rows } = await scope.db.execute<{ domain: string }>(sql`
        select distinct email_domain as domain from organization_jit_email_domains where tenant_id = ${scope.tenantId}`);
      return new Set(rows.map(({ domain }) => domain));
    },

    async listDomains(scope: Scope, id: string, page: Page | undefined) {
      await getOrganization(scope, id);
      return readList<{ tenantId: string; organizationId: string; emailDomain: string }>(
        scope.db,
        {
          columns: sql`tenant_id as "tenantId", organization_id as "organizationId", email_domain as "emailDomain"`,
          from: sql`organization_jit_email_domains where tenant_id = ${scope.tenantId} and organization_id = ${id}`,
          order: sql`email_domain`,
        },
        page,
      );
    },

    addDomain: (scope: Scope, id: string, domain: string): Promise<void> =>
      change(scope, id, 'domains', async (tx, held) => {
        const added = await addRelated(tx.db, held, [domain]);
        if (added.length === 0) throw fail('entity.unique_integrity_violation');
        return { added };
      }),

    replaceDomains: (scope: Scope, id: string, domains: string[]): Promise<void> =>
      change(scope, id, 'domains', (tx, held) => replaceRelated(tx.db, held, domains)),

    removeDomain: (scope: Scope, id: string, domain: string): Promise<void> =>
      change(scope, id, 'domains', async (tx, held) => {
        const removed = await removeRelated(tx.db, held, [domain.toLowerCase()]);
        if (removed.length === 0) throw fail('entity.not_found');
        return { removed };
      }),

    async listRoles(scope: Scope, id: string, page: Page | undefined) {
      await getOrganization(scope, id);
      return readList<Omit<OrganizationRoleRow, 'createdAt'>>(
        scope.db,
        {
          columns: roleColumns,
          from: sql`organization_jit_roles j
            join organization_roles r on r.tenant_id = j.tenant_id and r.id = j.organization_role_id
            where j.tenant_id = ${scope.tenantId} and j.organization_id = ${id}`,
          order: sql`r.name, r.id`,
        },
        page,
      );
    },

    addRoles: (scope: Scope, id: string, roleIds: string[]): Promise<void> =>
      change(scope, id, 'roles', async (tx, held) => {
        await checkRoles(tx, { organizationId: id, kind: 'users' }, roleIds);
        return { added: await addRelated(tx.db, held, roleIds) };
      }),

    replaceRoles: (scope: Scope, id: string, roleIds: string[]): Promise<void> =>
      change(scope, id, 'roles', (tx, held) => setRoles(tx, held, id, roleIds)),

    /** All at once; what is undefined stays. */
    replaceRules: (scope: Scope, id: string, { domains, ssoConnectorIds, roleIds }: JoiningRules): Promise<void> =>
      changeOrganization(scope, id, async (tx) => {
        if (domains) await recorded(tx, id, 'domains', (_, held) => replaceRelated(tx.db, held, domains));
        if (ssoConnectorIds) {
          await recorded(tx, id, 'ssoConnectors', (_, held) => setSsoConnectors(tx, held, ssoConnectorIds));
        }
        if (roleIds) await recorded(tx, id, 'roles', (_, held) => setRoles(tx, held, id, roleIds));
      }),

    removeRole: (scope: Scope, id: string, roleId: string): Promise<void> =>
      change(scope, id, 'roles', async (tx, held) => {
        const removed = await removeRelated(tx.db, held, [roleId]);
        if (removed.length === 0) throw fail('entity.not_found');
        return { removed };
      }),

    async listSsoConnectors(scope: Scope, id: string, page: Page | undefined) {
      await getOrganization(scope, id);
      const { rows, total } = await readList<{ id: string }>(
        scope.db,
        {
          columns: sql`sso_connector_id as "id"`,
          from: sql`organization_jit_sso_connectors where tenant_id = ${scope.tenantId} and organization_id = ${id}`,
          order: sql`sso_connector_id`,
        },
        page,
      );
      const described = await deps.describeSsoConnectors(
        scope,
        rows.map((row) => row.id),
      );
      return { rows: described, total };
    },

    addSsoConnectors: (scope: Scope, id: string, connectorIds: string[]): Promise<void> =>
      change(scope, id, 'ssoConnectors', async (tx, held) => {
        await checkSsoConnectors(tx, connectorIds);
        return { added: await addRelated(tx.db, held, connectorIds) };
      }),

    replaceSsoConnectors: (scope: Scope, id: string, connectorIds: string[]): Promise<void> =>
      change(scope, id, 'ssoConnectors', (tx, held) => setSsoConnectors(tx, held, connectorIds)),

    removeSsoConnector: (scope: Scope, id: string, connectorId: string): Promise<void> =>
      change(scope, id, 'ssoConnectors', async (tx, held) => {
        const removed = await removeRelated(tx.db, held, [connectorId]);
        if (removed.length === 0) throw fail('entity.not_found');
        return { removed };
      }),

    /** Lets a user into every organization that takes the user in, in the transaction in progress; answers which. */
    async provision(tx: Scope, joining: Joining): Promise<string[]> {
      const nothing = !joining.verifiedEmail && !joining.ssoConnectorId && !joining.organizationIds?.length;
      const welcoming = nothing ? [] : await findWelcoming(tx.db, tx.tenantId, joining);
      for (const { organizationId, roleIds } of welcoming) {
        await members.join(tx, organizationId, joining.userId, roleIds);
      }
      return welcoming.map(({ organizationId }) => organizationId);
    },
  };
}
