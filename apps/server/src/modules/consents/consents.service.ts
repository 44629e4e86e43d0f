import { audit } from '../../kernel/audit.ts';
import { announceChange } from '../../kernel/cache.ts';
import type { Page } from '../../kernel/operations.ts';
import { type Scope, transaction } from '../../kernel/scope.ts';
import type { ConsentScopes, NewConsentScopes, ScopeType, UserScope } from './consents.contract.ts';
import { fail } from './consents.errors.ts';
import * as store from './consents.store.ts';

export interface ConsentsDependencies {
  findApplication(scope: Scope, id: string): Promise<{ isThirdParty: boolean } | undefined>;
  userExists(scope: Scope, id: string): Promise<boolean>;
  managementApiOf(tenantId: string): string;
}

/** Topic of what a client may ask for; the key is the application's id, or CIMD_OWNER. */
export const CONSENT_SCOPES_TOPIC = 'consent-scopes';
export const CIMD_OWNER = 'cimd';

export type ConsentsService = ReturnType<typeof createConsentsService>;

const target = (owner: store.ScopeOwner) => ({ type: 'Application' as const, id: owner ?? CIMD_OWNER });

/** Consent to third-party applications: what they may ask for, and which organizations users let them act for. */
export function createConsentsService(deps: ConsentsDependencies) {
  const checkApplication = async (scope: Scope, id: string, thirdPartyOnly: boolean): Promise<void> => {
    const application = await deps.findApplication(scope, id);
    if (!application) throw fail('entity.not_exists_with_id', { data: { name: 'application', id } });
    if (thirdPartyOnly && !application.isThirdParty) throw fail('application.third_party_application_only');
  };

  const checkUser = async (scope: Scope, id: string): Promise<void> => {
    if (!(await deps.userExists(scope, id))) {
      throw fail('entity.not_exists_with_id', { data: { name: 'user', id } });
    }
  };

  const checkMember = async (scope: Scope, userId: string, organizationIds: readonly string[]): Promise<string[]> => {
    const ids = [...new Set(organizationIds)];
    if (ids.length === 0) return ids;
    const known = await store.countMemberships(scope.db, scope.tenantId, userId, ids);
    if (known !== ids.length) throw fail('organization.require_membership');
    return ids;
  };

  const listScopes = async (scope: Scope, owner: store.ScopeOwner): Promise<ConsentScopes> => {
    if (owner !== null) await checkApplication(scope, owner, false);
    const { db, tenantId } = scope;
    const resourceScopes = await store.listResourceScopes(db, tenantId, owner);
    return {
      userScopes: await store.listUserScopes(db, tenantId, owner),
      organizationScopes: await store.listOrganizationScopes(db, tenantId, owner),
      resourceScopes: byResource(resourceScopes.filter(({ inOrganization }) => !inOrganization)),
      organizationResourceScopes: byResource(resourceScopes.filter(({ inOrganization }) => inOrganization)),
    };
  };

  const changeScopes = (
    scope: Scope,
    owner: store.ScopeOwner,
    what: 'Added' | 'Replaced' | 'Removed',
    change: (tx: Scope) => Promise<void>,
  ) =>
    transaction(scope, async (tx) => {
      if (owner !== null) await checkApplication(tx, owner, true);
      const before = await listScopes(tx, owner);
      await change(tx);
      await audit(tx, {
        key: `Application.ConsentScopes.${what}`,
        target: target(owner),
        before,
        after: await listScopes(tx, owner),
      });
      await announceChange(tx, CONSENT_SCOPES_TOPIC, owner ?? CIMD_OWNER);
    });

  /** Lets scopes be asked for, in the transaction in progress; none of the Management API's. */
  const allow = async ({ db, tenantId }: Scope, owner: store.ScopeOwner, added: NewConsentScopes): Promise<void> => {
    const ids = [...(added.resourceScopes ?? []), ...(added.organizationResourceScopes ?? [])];
    if (ids.length > 0 && (await store.belongToResource(db, tenantId, ids, deps.managementApiOf(tenantId)))) {
      throw fail('application.consent_management_api_scopes_not_allowed');
    }
    await store.addScopes(db, tenantId, owner, added);
  };

  return {
    checkApplication,

    listScopes,

    addScopes: (scope: Scope, owner: store.ScopeOwner, added: NewConsentScopes) =>
      changeScopes(scope, owner, 'Added', (tx) => allow(tx, owner, added)),

    /** Allows these alone. */
    replaceScopes: (scope: Scope, owner: store.ScopeOwner, next: NewConsentScopes) =>
      changeScopes(scope, owner, 'Replaced', async (tx) => {
        await store.removeAllScopes(tx.db, tx.tenantId, owner);
        await allow(tx, owner, next);
      }),

    /** What an application begins with that is made in the transaction in progress. */
    async startWith(tx: Scope, applicationId: string, userScopes: UserScope[]): Promise<void> {
      if (userScopes.length === 0) return;
      await store.addScopes(tx.db, tx.tenantId, applicationId, { userScopes });
      const key = 'Application.ConsentScopes.Added';
      await audit(tx, { key, target: target(applicationId), after: { userScopes } });
      await announceChange(tx, CONSENT_SCOPES_TOPIC, applicationId);
    },

    removeScope: (scope: Scope, owner: store.ScopeOwner, type: ScopeType, scopeId: string) =>
      changeScopes(scope, owner, 'Removed', async (tx) => {
        if (!(await store.removeScope(tx.db, tx.tenantId, owner, type, scopeId))) {
          throw fail('application.user_consent_scopes_not_found');
        }
      }),

    // Organizations

    async listOrganizations(scope: Scope, key: store.ConsentKey, page: Page | undefined) {
      await checkApplication(scope, key.clientId, true);
      await checkUser(scope, key.userId);
      return store.listOrganizations(scope.db, scope.tenantId, key, page);
    },

    /** Adds organizations, or, with `replace`, allows these alone. */
    grantOrganizations: (
      scope: Scope,
      key: store.ConsentKey,
      organizationIds: readonly string[],
      { replace, isCimd = false }: { replace: boolean; isCimd?: boolean },
    ) =>
      transaction(scope, async (tx) => {
        if (!isCimd) await checkApplication(tx, key.clientId, true);
        await checkUser(tx, key.userId);
        const ids = await checkMember(tx, key.userId, organizationIds);
        if (replace) await store.removeOrganizations(tx.db, tx.tenantId, key);
        await store.addOrganizations(tx.db, tx.tenantId, { ...key, isCimd }, ids, tx.now);
        await audit(tx, {
          key: replace ? 'Consent.Organizations.Replaced' : 'Consent.Organizations.Added',
          target: { type: 'User', id: key.userId },
          details: { applicationId: key.clientId, organizationIds: ids },
        });
      }),

    withdrawOrganization: (scope: Scope, key: store.ConsentKey, organizationId: string) =>
      transaction(scope, async (tx) => {
        await checkApplication(tx, key.clientId, true);
        await checkUser(tx, key.userId);
        if (!(await store.removeOrganization(tx.db, tx.tenantId, key, organizationId))) throw fail('entity.not_found');
        await audit(tx, {
          key: 'Consent.Organizations.Removed',
          target: { type: 'User', id: key.userId },
          details: { applicationId: key.clientId, organizationIds: [organizationId] },
        });
      }),
  };
}

function byResource(rows: readonly store.ResourceScopeRow[]): ConsentScopes['resourceScopes'] {
  const groups = Map.groupBy(rows, ({ resourceId }) => resourceId);
  return [...groups.values()].flatMap((scopes) => {
    const [first] = scopes;
    if (!first) return [];
    return [{ resource: { id: first.resourceId, name: first.resourceName, indicator: first.indicator }, scopes }];
  });
}
