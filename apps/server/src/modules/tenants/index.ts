import { audit } from '../../kernel/audit.ts';
import { announceChange, type Caches } from '../../kernel/cache.ts';
import type { DatabasePool } from '../../kernel/database.ts';
import { DAY_MS, HOUR_MS } from '../../kernel/durations.ts';
import { secretValue, standardId } from '../../kernel/ids.ts';
import { type Scope, systemScope, transaction } from '../../kernel/scope.ts';
import { hashSecret } from '../../kernel/secrets.ts';
import { ADMIN_TENANT, DEFAULT_TENANT } from '../../kernel/tenancy.ts';
import { fail } from './tenants.errors.ts';
import * as store from './tenants.store.ts';

/** The audience of a tenant's Management API: fixed text, whatever host serves it (features 20.8). */
export const managementApiOf = (tenantId: string): string => `https://${tenantId}.logto.app/api`;

/** True for the audience of any tenant's Management API. */
export const isManagementApi = (indicator: string): boolean =>
  /^https:\/\/[a-z0-9-]+\.logto\.app\/api$/.test(indicator);

/** The role that an application needs for its own tenant's Management API. */
export const MANAGEMENT_API_ROLE = 'management-api-access';

/** Roles that the product stands on: they open the Management API, and make operators. */
export const isBuiltInRole = (tenantId: string, roleId: string): boolean =>
  roleId === MANAGEMENT_API_ROLE || (tenantId === ADMIN_TENANT && (roleId === 'user' || roleId.startsWith('adm-')));

/** An id of its own for something the admin tenant keeps for another tenant; tenant ids themselves would be too long. */
const idFor = (prefix: string, tenantId: string): string =>
  `${prefix}${hashSecret(tenantId)
    .replace(/[^A-Za-z0-9]/g, '')
    .slice(0, 16)}`;

const TENANT_ID = /^[a-z0-9][a-z0-9-]{0,20}$/;
const SETUP_LINK_MS = 7 * DAY_MS;
const RECOVER_LINK_MS = HOUR_MS;
/** Announced when a tenant appears. */
const TENANT_TOPIC = 'tenant';

export interface TenantsDependencies {
  database: DatabasePool;
  caches: Caches;
  /** Called in the transaction that creates a tenant, so that none is ever without keys. */
  createFirstKeys(scope: Scope): Promise<void>;
  /** Scopes of the Management API beside `all`, by name. */
  managementScopes: readonly { name: string; description: string }[];
  /** Announces that the scopes an application holds have changed. */
  announceGrant(scope: Scope): Promise<void>;
}

/** What a one-time link is for. */
export interface OperatorLink {
  id: string;
  kind: 'setup' | 'recover';
  /** The administrator who sets a new password (only `recover`). */
  userId: string | null;
}

export interface TenantsApi {
  /** Cached: is there such a tenant? */
  exists(tenantId: string): Promise<boolean>;
  listIds(): Promise<string[]>;
  create(input: { id: string; name: string }): Promise<void>;
  /** Creates the tenants `admin` and `default` when they are not there yet. */
  install(): Promise<void>;
  hasAdministrator(): Promise<boolean>;
  listAdministratorIds(): Promise<string[]>;
  /** Nobody administers the install, and no set-up link was ever given out. */
  isUntouched(): Promise<boolean>;
  /** Makes a user of the admin tenant an administrator. */
  makeAdministrator(scope: Scope, userId: string): Promise<void>;
  /** Lets an application call its tenant's whole Management API. */
  grantManagementApi(scope: Scope, applicationId: string): Promise<void>;
  links: {
    /** Answers the secret; only its hash is kept. */
    issue(scope: Scope, kind: OperatorLink['kind'], userId?: string): Promise<string>;
    find(scope: Scope, secret: string): Promise<OperatorLink | undefined>;
    /** Spends the link in the transaction in progress, or refuses. */
    spend(scope: Scope, secret: string, kind: OperatorLink['kind']): Promise<OperatorLink>;
  };
}

export function createTenantsModule(deps: TenantsDependencies): { api: TenantsApi } {
  const { database, caches } = deps;
  const known = caches.create(TENANT_TOPIC, (tenantId) =>
    store.findTenant(database.forSystem('find a tenant'), tenantId),
  );

  const create = async (input: { id: string; name: string }): Promise<boolean> => {
    if (!TENANT_ID.test(input.id)) throw fail('tenant.invalid_id', { data: { id: input.id } });
    const scope = systemScope(deps, input.id, 'create a tenant');
    return transaction(scope, async (tx) => {
      if (!(await store.insertTenant(tx.db, { id: input.id, name: input.name, createdAt: tx.now }))) return false;
      await deps.createFirstKeys(tx);
      await seedAuthorization(tx);
      await store.seedManagementScopes(tx.db, tx.now, deps.managementScopes, tx.tenantId);
      await audit(tx, { key: 'Tenant.Created', target: { type: 'Tenant', id: input.id }, after: input });
      await announceChange(tx, TENANT_TOPIC, input.id);
      return true;
    });
  };

  /** The admin tenant knows every tenant's Management API, so that the Console's tokens can be made for it. */
  const registerWithAdmin = async (tenantId: string): Promise<void> => {
    const scope = systemScope(deps, ADMIN_TENANT, 'register a tenant with the admin tenant');
    await store.seedApi(scope.db, ADMIN_TENANT, scope.now, {
      resourceId: idFor('api-', tenantId),
      name: `Management API of tenant ${tenantId}`,
      indicator: managementApiOf(tenantId),
      scopeId: idFor('all-', tenantId),
      scopeDescription: 'Everything',
      roleId: idFor('adm-', tenantId),
      roleName: `${tenantId}:admin`,
      roleDescription: `Administrator of tenant ${tenantId}`,
      roleType: 'User',
    });
  };

  /** Gives the tenants of earlier versions the scopes that have come since; looks at them only when the list changed. */
  const updateManagementScopes = async (): Promise<void> => {
    const scope = systemScope(deps, ADMIN_TENANT, 'update the scopes of the Management API');
    const fingerprint = hashSecret(JSON.stringify(deps.managementScopes));
    if ((await store.findScopesFingerprint(scope.db)) === fingerprint) return;
    const everywhere = database.forSystem('update the scopes of the Management API');
    await store.seedManagementScopes(everywhere, scope.now, deps.managementScopes);
    await store.saveScopesFingerprint(scope.db, fingerprint);
  };

  return {
    api: {
      exists: async (tenantId) => (await known.get(tenantId, tenantId)) !== undefined,
      listIds: () => store.listTenantIds(database.forSystem('list the tenants')),
      async create(input) {
        if (!(await create(input))) throw fail('tenant.exists', { data: { id: input.id } });
        await registerWithAdmin(input.id);
      },
      async install() {
        await create({ id: ADMIN_TENANT, name: 'Operators' });
        await store.insertRole(database.forTenant(ADMIN_TENANT), {
          tenantId: ADMIN_TENANT,
          id: 'user',
          name: 'user',
          description: 'May use the own account',
          now: new Date(),
        });
        await create({ id: DEFAULT_TENANT, name: 'Default' });
        await registerWithAdmin(DEFAULT_TENANT);
        await updateManagementScopes();
      },
      hasAdministrator: async () =>
        (await store.countAdministrators(database.forTenant(ADMIN_TENANT), ADMIN_TENANT)) > 0,
      listAdministratorIds: () => store.listAdministratorIds(database.forTenant(ADMIN_TENANT), ADMIN_TENANT),
      async isUntouched() {
        const db = database.forTenant(ADMIN_TENANT);
        const administrators = await store.countAdministrators(db, ADMIN_TENANT);
        return administrators === 0 && !(await store.hasSetupLink(db, ADMIN_TENANT));
      },
      async makeAdministrator(scope, userId) {
        await store.grantAdminRoles(scope.db, scope.tenantId, userId);
        await audit(scope, { key: 'Administrator.Created', target: { type: 'User', id: userId } });
      },
      async grantManagementApi(scope, applicationId) {
        await store.grantApiToApplication(scope.db, scope.tenantId, applicationId, MANAGEMENT_API_ROLE);
        await audit(scope, {
          key: 'Application.Roles.Updated',
          target: { type: 'Application', id: applicationId },
          details: { addedRoleIds: [MANAGEMENT_API_ROLE] },
        });
        await deps.announceGrant(scope);
      },
      links: operatorLinks,
    },
  };
}

/** Every tenant has its own Management API, and the role by which its machine apps may call it. */
async function seedAuthorization(scope: Scope): Promise<void> {
  await store.seedApi(scope.db, scope.tenantId, scope.now, {
    resourceId: 'management-api',
    name: 'Latchkey Management API',
    indicator: managementApiOf(scope.tenantId),
    scopeId: 'management-api-all',
    scopeDescription: 'Everything in the Management API',
    roleId: MANAGEMENT_API_ROLE,
    roleName: 'Logto Management API access',
    roleDescription: 'May call the whole Management API of this tenant',
    roleType: 'MachineToMachine',
  });
}

const operatorLinks: TenantsApi['links'] = {
  async issue(scope, kind, userId) {
    const secret = secretValue();
    const row: store.OperatorLinkRow = {
      tenantId: scope.tenantId,
      id: standardId(),
      kind,
      userId: userId ?? null,
      secretHash: hashSecret(secret),
      createdAt: scope.now,
      expiresAt: new Date(scope.now.getTime() + (kind === 'setup' ? SETUP_LINK_MS : RECOVER_LINK_MS)),
      consumedAt: null,
    };
    await transaction(scope, async (tx) => {
      await store.insertOperatorLink(tx.db, row);
      await audit(tx, {
        key: 'OperatorLink.Created',
        target: { type: 'OperatorLink', id: row.id },
        details: { kind, userId: row.userId, expiresAt: row.expiresAt },
      });
    });
    return secret;
  },
  async find(scope, secret) {
    return store.findOpenLink(scope.db, scope.tenantId, hashSecret(secret), scope.now);
  },
  async spend(scope, secret, kind) {
    const link = await store.findOpenLink(scope.db, scope.tenantId, hashSecret(secret), scope.now);
    if (link?.kind !== kind || !(await store.consumeLink(scope.db, scope.tenantId, link.id, scope.now))) {
      throw fail('operator_link.not_valid');
    }
    await audit(scope, { key: 'OperatorLink.Used', target: { type: 'OperatorLink', id: link.id }, details: { kind } });
    return link;
  },
};
