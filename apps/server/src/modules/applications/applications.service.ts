import { audit } from '../../kernel/audit.ts';
import { announceChange } from '../../kernel/cache.ts';
import { violates } from '../../kernel/database.ts';
import { secretValue, standardId } from '../../kernel/ids.ts';
import type { Page } from '../../kernel/operations.ts';
import { type Scope, transaction } from '../../kernel/scope.ts';
import type { SecretBox } from '../../kernel/secrets.ts';
import { redirectUriProblem } from '../oidc/index.ts';
import type {
  ApplicationType,
  CreateApplication,
  CustomClientMetadata,
  OidcClientMetadata,
  ProtectedAppMetadata,
  UpdateApplication,
} from './applications.contract.ts';
import { fail } from './applications.errors.ts';
import * as store from './applications.store.ts';

/** The caches' topic of what the protocol reads of an application. */
export const CLIENT_TOPIC = 'client';

/** Name of the secret that an application is created with. */
const DEFAULT_SECRET_NAME = 'Default secret';

/** Types whose back end can keep a secret. */
const SECRET_TYPES: ReadonlySet<ApplicationType> = new Set(['Traditional', 'MachineToMachine', 'Protected']);
/** Two weeks. */
const PROTECTED_SESSION_SECONDS = 1_209_600;

const THIRD_PARTY_TYPES: ReadonlySet<ApplicationType> = new Set(['Traditional', 'SPA', 'Native']);

export interface ApplicationSecret {
  tenantId: string;
  applicationId: string;
  name: string;
  value: string;
  createdAt: Date;
  expiresAt: Date | null;
}

export interface ApplicationsDependencies {
  secretBox: SecretBox;
  /** The machine role that opens the Management API of the tenant. */
  managementRoleId: string;
  /** Announces that the scopes which an application holds have changed. */
  announceGrant(scope: Scope): Promise<void>;
  protectedHosts(): ProtectedHosts;
}

/** Where protected applications are; what changes that is called in a transaction. */
export interface ProtectedHosts {
  /** The host that is asked for, and how an application gets it; refuses what nobody may have. */
  plan(subDomain: string): { host: string; take(tx: Scope, applicationId: string): Promise<void> };
  /** Addresses that serve. */
  endpointsOf(scope: Scope, applicationId: string): Promise<string[]>;
  /** Whether it has names of the tenant's own. */
  hasOwn(scope: Scope, applicationId: string): Promise<boolean>;
  /** The application goes, and its hosts with it. */
  forget(tx: Scope, applicationId: string): Promise<void>;
}

export type ApplicationsService = ReturnType<typeof createApplicationsService>;

const missing = (id: string) => fail('entity.not_exists_with_id', { data: { name: 'application', id } });

/** Applications: the OIDC clients of a tenant, and the secrets they authenticate with. */
export function createApplicationsService(deps: ApplicationsDependencies) {
  const purposeOf = (row: { tenantId: string; applicationId: string }) =>
    `application-secret:${row.tenantId}:${row.applicationId}`;

  const open = (row: store.SecretRow): ApplicationSecret => {
    const { valueSealed, ...rest } = row;
    return { ...rest, value: deps.secretBox.open(valueSealed, purposeOf(row)) };
  };

  const addSecret = async (
    scope: Scope,
    applicationId: string,
    input: { name: string; expiresAt: Date | null },
  ): Promise<ApplicationSecret> => {
    const owner = { tenantId: scope.tenantId, applicationId };
    const value = secretValue();
    const secret = { ...owner, ...input, createdAt: scope.now };
    const row: store.SecretRow = { ...secret, valueSealed: deps.secretBox.seal(value, purposeOf(owner)) };
    await store.insertSecret(scope.db, row);
    return { ...secret, value };
  };

  const get = async (scope: Scope, id: string): Promise<store.ApplicationRow> => {
    const row = await store.findApplication(scope.db, scope.tenantId, id);
    if (!row) throw missing(id);
    return row;
  };

  /** Runs a change of one application in a transaction that holds its row. */
  const change = <Result>(scope: Scope, id: string, work: (tx: Scope, row: store.ApplicationRow) => Promise<Result>) =>
    transaction(scope, async (tx) => {
      const row = await store.lockApplication(tx.db, tx.tenantId, id);
      if (!row) throw missing(id);
      const result = await work(tx, row);
      await announceChange(tx, CLIENT_TOPIC, id);
      return result;
    });

  return {
    get,

    list: (scope: Scope, filter: store.ApplicationFilter, page: Page | undefined) =>
      store.listApplications(scope.db, scope.tenantId, filter, page),

    create: (scope: Scope, input: CreateApplication): Promise<store.ApplicationRow> =>
      transaction(scope, async (tx) => {
        checkCreation(input);
        const asked = input.type === 'Protected' ? input.protectedAppMetadata : undefined;
        const place = asked && deps.protectedHosts().plan(asked.subDomain);
        const row: store.ApplicationRow = {
          tenantId: tx.tenantId,
          id: standardId(),
          name: input.name,
          description: input.description ?? null,
          type: input.type,
          oidcClientMetadata: input.oidcClientMetadata ?? { redirectUris: [], postLogoutRedirectUris: [] },
          customClientMetadata: input.customClientMetadata ?? {},
          protectedAppMetadata: place && asked ? startProtected(place.host, asked.origin) : null,
          customData: input.customData ?? {},
          isThirdParty: input.isThirdParty ?? false,
          appLevelAccessControlEnabled: false,
          createdAt: tx.now,
        };
        await store.insertApplication(tx.db, row);
        await place?.take(tx, row.id);
        if (SECRET_TYPES.has(row.type)) await addSecret(tx, row.id, { name: DEFAULT_SECRET_NAME, expiresAt: null });
        await audit(tx, { key: 'Application.Created', target: { type: 'Application', id: row.id }, after: row });
        await announceChange(tx, CLIENT_TOPIC, row.id);
        return row;
      }),

    update: (scope: Scope, id: string, input: UpdateApplication): Promise<store.ApplicationRow> =>
      change(scope, id, async (tx, before) => {
        const after = merge(before, input);
        checkSettings(after, input);
        if (input.isAdmin !== undefined) {
          if (before.type !== 'MachineToMachine') throw fail('application.invalid_role_type');
          await store.setRole(tx.db, tx.tenantId, id, deps.managementRoleId, input.isAdmin);
          await deps.announceGrant(tx);
        }
        const { tenantId: _tenant, id: _id, ...columns } = after;
        await store.updateApplication(tx.db, tx.tenantId, id, columns);
        await audit(tx, {
          key: 'Application.Updated',
          target: { type: 'Application', id },
          before,
          after,
          details: input.isAdmin === undefined ? {} : { isAdmin: input.isAdmin },
        });
        return after;
      }),

    remove: (scope: Scope, id: string): Promise<void> =>
      change(scope, id, async (tx, before) => {
        const isProtected = before.type === 'Protected';
        if (isProtected && (await deps.protectedHosts().hasOwn(tx, id))) {
          throw fail('application.should_delete_custom_domains_first');
        }
        await store.deleteApplication(tx.db, tx.tenantId, id);
        if (isProtected) await deps.protectedHosts().forget(tx, id);
        await audit(tx, { key: 'Application.Deleted', target: { type: 'Application', id }, before });
      }),

    isAdmin: (scope: Scope, id: string): Promise<boolean> =>
      store.holdsRole(scope.db, scope.tenantId, id, deps.managementRoleId),

    async listSecrets(scope: Scope, id: string): Promise<ApplicationSecret[]> {
      await get(scope, id);
      return (await store.listSecrets(scope.db, scope.tenantId, id)).map(open);
    },

    createSecret: (scope: Scope, id: string, input: { name: string; expiresAt: Date | null }) =>
      change(scope, id, async (tx, row) => {
        if (!SECRET_TYPES.has(row.type)) throw fail('application.invalid_type');
        if (input.expiresAt && input.expiresAt <= tx.now) {
          throw fail('request.invalid_input', { details: 'expiresAt: must lie in the future' });
        }
        const secret = await uniquely(() => addSecret(tx, id, input), input.name);
        await auditSecret(tx, 'Created', id, { name: input.name, expiresAt: input.expiresAt });
        return secret;
      }),

    renameSecret: (scope: Scope, id: string, name: string, to: string) =>
      change(scope, id, async (tx) => {
        const row = await uniquely(() => store.renameSecret(tx.db, tx.tenantId, id, name, to), to);
        if (!row) throw fail('entity.not_found');
        await auditSecret(tx, 'Updated', id, { name, renamedTo: to });
        return open(row);
      }),

    removeSecret: (scope: Scope, id: string, name: string) =>
      change(scope, id, async (tx) => {
        if (!(await store.deleteSecret(tx.db, tx.tenantId, id, name))) throw fail('entity.not_found');
        await auditSecret(tx, 'Deleted', id, { name });
      }),

    async reseal(scope: Scope): Promise<number> {
      const stale = (await store.lockAllSecrets(scope.db, scope.tenantId)).filter((row) =>
        deps.secretBox.isStale(row.valueSealed),
      );
      for (const row of stale) {
        const valueSealed = deps.secretBox.seal(open(row).value, purposeOf(row));
        await store.updateSealedValue(scope.db, row, valueSealed);
      }
      return stale.length;
    },

    /** Null while the application has nothing of its own. */
    async findExperience(scope: Scope, id: string) {
      await get(scope, id);
      return store.findExperience(scope.db, scope.tenantId, id);
    },

    /** `created` tells whether the application had no experience of its own before. */
    setExperience: (scope: Scope, id: string, input: Partial<ExperienceInput>) =>
      change(scope, id, async (tx) => {
        const before = await store.findExperience(tx.db, tx.tenantId, id);
        const after = {
          tenantId: tx.tenantId,
          applicationId: id,
          color: input.color ?? before?.color ?? {},
          branding: input.branding ?? before?.branding ?? {},
          customCss: pick(input.customCss, before?.customCss),
          termsOfUseUrl: pick(input.termsOfUseUrl, before?.termsOfUseUrl),
          privacyPolicyUrl: pick(input.privacyPolicyUrl, before?.privacyPolicyUrl),
          displayName: pick(input.displayName, before?.displayName),
        };
        await store.upsertExperience(tx.db, after as store.ApplicationExperienceRow);
        await audit(tx, {
          key: 'Application.SignInExperience.Updated',
          target: { type: 'Application', id },
          before,
          after,
        });
        return { row: after as store.ApplicationExperienceRow, created: before === undefined };
      }),
  };
}

interface ExperienceInput {
  color: object;
  branding: object;
  customCss: string | null;
  termsOfUseUrl: string | null;
  privacyPolicyUrl: string | null;
  displayName: string | null;
}

/** A value that was not sent stays; an empty one is removed. */
const pick = (sent: string | null | undefined, kept: string | null | undefined): string | null =>
  (sent === undefined ? kept : sent) || null;

async function uniquely<Result>(work: () => Promise<Result>, name: string): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (violates(error, 'application_secrets_pkey')) {
      throw fail('application.secret_name_exists', { data: { name }, cause: error });
    }
    throw error;
  }
}

const auditSecret = (scope: Scope, event: string, id: string, details: Record<string, unknown>) =>
  audit(scope, { key: `Application.Secret.${event}`, target: { type: 'Application', id }, details });

type Change<Settings> = { [Key in keyof Settings]?: Settings[Key] | null };

/** Settings with a change laid over them; null takes one away. */
function overlay<Settings extends object>(before: Settings, change: Change<Settings> | undefined): Settings {
  const entries = Object.entries({ ...before, ...change });
  return Object.fromEntries(entries.filter(([, value]) => value !== null)) as Settings;
}

function merge(before: store.ApplicationRow, input: UpdateApplication): store.ApplicationRow {
  return {
    ...before,
    name: input.name ?? before.name,
    description: input.description === undefined ? before.description : input.description,
    oidcClientMetadata: overlay(before.oidcClientMetadata, input.oidcClientMetadata),
    customClientMetadata: overlay(before.customClientMetadata, input.customClientMetadata),
    customData: input.customData ?? before.customData,
    appLevelAccessControlEnabled: input.appLevelAccessControlEnabled ?? before.appLevelAccessControlEnabled,
    protectedAppMetadata: before.protectedAppMetadata && {
      ...before.protectedAppMetadata,
      ...input.protectedAppMetadata,
    },
  };
}

const startProtected = (host: string, origin: string): ProtectedAppMetadata => ({
  host,
  origin,
  sessionDuration: PROTECTED_SESSION_SECONDS,
  pageRules: [],
  additionalScopes: [],
});

function checkCreation(input: CreateApplication): void {
  if (input.type === 'Protected' && !input.protectedAppMetadata) {
    throw fail('application.protected_app_metadata_is_required');
  }
  if (input.type !== 'Protected' && input.protectedAppMetadata) throw fail('application.protected_application_only');
  if (input.isThirdParty && !THIRD_PARTY_TYPES.has(input.type)) {
    throw fail('application.invalid_third_party_application_type');
  }
  if (input.isThirdParty && input.customClientMetadata?.allowTokenExchange) {
    throw fail('application.third_party_application_cannot_enable_token_exchange');
  }
  if (input.customClientMetadata?.isDeviceFlow && input.type !== 'Native') {
    throw fail('application.device_flow_native_only');
  }
  checkUris(input.oidcClientMetadata, input.customClientMetadata);
}

function checkSettings(after: store.ApplicationRow, input: UpdateApplication): void {
  if (input.customClientMetadata?.isDeviceFlow !== undefined) throw fail('application.device_flow_not_changeable');
  if (after.isThirdParty && input.customClientMetadata?.allowTokenExchange) {
    throw fail('application.third_party_application_cannot_enable_token_exchange');
  }
  if (input.protectedAppMetadata && !after.protectedAppMetadata) throw fail('application.protected_application_only');
  checkUris(input.oidcClientMetadata, input.customClientMetadata);
}

const isOrigin = (value: string): boolean =>
  URL.canParse(value) && /^https?:$/.test(new URL(value).protocol) && new URL(value).origin === value;

/** Only what could be matched later may be registered. */
function checkUris(
  oidc: Partial<Pick<OidcClientMetadata, 'redirectUris' | 'postLogoutRedirectUris'>> = {},
  custom: Pick<CustomClientMetadata, 'corsAllowedOrigins'> = {},
): void {
  const problems = [
    ...(['redirectUris', 'postLogoutRedirectUris'] as const).flatMap((field) =>
      (oidc[field] ?? []).flatMap((uri) => {
        const problem = redirectUriProblem(uri);
        return problem ? [`oidcClientMetadata.${field}: ${uri} (${problem})`] : [];
      }),
    ),
    ...(custom.corsAllowedOrigins ?? [])
      .filter((origin) => !isOrigin(origin))
      .map(
        (origin) => `customClientMetadata.corsAllowedOrigins: ${origin} is not an origin such as https://example.com`,
      ),
  ];
  if (problems.length > 0) throw fail('oidc.invalid_redirect_uri', { details: problems.join('\n') });
}
