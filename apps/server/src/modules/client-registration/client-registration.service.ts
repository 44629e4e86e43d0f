import { audit } from '../../kernel/audit.ts';
import { HOUR_MS } from '../../kernel/durations.ts';
import { secretValue, standardId } from '../../kernel/ids.ts';
import { type Scope, transaction } from '../../kernel/scope.ts';
import { equalSecrets, hashSecret } from '../../kernel/secrets.ts';
import type { ApplicationsApi } from '../applications/index.ts';
import type { ConsentsApi } from '../consents/index.ts';
import type { OidcApi } from '../oidc/index.ts';
import { type ClientMetadata, readMetadata } from './client-metadata.ts';
import type { RegistrationPolicy } from './client-registration.contract.ts';
import { fail, invalidMetadata, invalidToken, RegistrationError } from './client-registration.errors.ts';
import * as store from './client-registration.store.ts';

export interface ClientRegistrationDependencies {
  applications: Pick<ApplicationsApi, 'find' | 'create' | 'update' | 'remove' | 'listSecrets'>;
  settings: OidcApi['settings'];
  /** What the application may ask users for. */
  startWithScopes: ConsentsApi['startWith'];
}

const SETTING = 'clientRegistration';

/** A client as its own registration tells of it. */
export interface RegisteredClient extends ClientMetadata {
  clientId: string;
  issuedAt: Date;
  secret: string | undefined;
}

export type ClientRegistrationService = ReturnType<typeof createClientRegistrationService>;

/** Clients that register themselves (RFC 7591) and manage themselves (RFC 7592), under the tenant's policy. */
export function createClientRegistrationService(deps: ClientRegistrationDependencies) {
  const { applications } = deps;
  const policyOf = (scope: Scope): Promise<RegistrationPolicy> => deps.settings.get(scope, SETTING);

  /** As if the endpoint were not there. */
  const openPolicy = async (scope: Scope): Promise<RegistrationPolicy> => {
    const policy = await policyOf(scope);
    if (!policy.enabled) throw new RegistrationError(404, 'invalid_request', 'unrecognized route');
    return policy;
  };

  const describe = async (scope: Scope, clientId: string): Promise<RegisteredClient> => {
    const row = await applications.find(scope, clientId);
    if (!row) throw invalidToken('the client is gone');
    const [secret] = await applications.listSecrets(scope, clientId);
    return {
      clientId,
      issuedAt: row.createdAt,
      secret: secret?.value,
      name: row.name,
      type: row.type as ClientMetadata['type'],
      redirectUris: row.oidcClientMetadata.redirectUris,
      postLogoutRedirectUris: row.oidcClientMetadata.postLogoutRedirectUris,
    };
  };

  const checkInitialToken = async (tx: Scope, policy: RegistrationPolicy, token: string | undefined) => {
    const id = token && (await store.useToken(tx.db, tx.tenantId, hashSecret(token), tx.now));
    if (!id && policy.initialAccessTokenRequired) throw invalidToken('an initial access token is required');
    return id;
  };

  const checkRate = async (tx: Scope, { hourlyLimit }: RegistrationPolicy, ip: string | null): Promise<void> => {
    await store.lockRegistrations(tx.db, tx.tenantId);
    const since = new Date(tx.now.getTime() - HOUR_MS);
    const { all, ofAddress } = await store.countRegistrations(tx.db, tx.tenantId, since, ip);
    if (all >= hourlyLimit || ofAddress >= Math.ceil(hourlyLimit / 10)) {
      throw new RegistrationError(429, 'temporarily_unavailable', 'too many registrations; try again in an hour');
    }
  };

  const oidcMetadata = ({ redirectUris, postLogoutRedirectUris }: ClientMetadata) => ({
    redirectUris,
    postLogoutRedirectUris,
  });

  /** The scope of a client that manages itself. */
  const authenticate = async (scope: Scope, clientId: string, token: string | undefined): Promise<Scope> => {
    await openPolicy(scope);
    const key = { tenantId: scope.tenantId, applicationId: clientId, tokenHash: hashSecret(token ?? '') };
    if (!token || !(await store.ownsClient(scope.db, key))) {
      throw invalidToken('the registration access token is not of this client');
    }
    return { ...scope, actor: { type: 'app', id: clientId } };
  };

  return {
    policy: policyOf,

    changePolicy: (scope: Scope, change: Partial<RegistrationPolicy>): Promise<RegistrationPolicy> =>
      deps.settings.change(scope, SETTING, change),

    /** Registers a client; answers it with the token by which it manages itself. */
    async register(scope: Scope, body: unknown, initialToken: string | undefined) {
      const policy = await openPolicy(scope);
      return transaction(scope, async (tx) => {
        const tokenId = await checkInitialToken(tx, policy, initialToken);
        const metadata = readMetadata(body, policy);
        const ip = tx.ip ?? null;
        await checkRate(tx, policy, ip);
        const { id } = await applications.create(tx, {
          name: metadata.name,
          type: metadata.type,
          isThirdParty: true,
          oidcClientMetadata: oidcMetadata(metadata),
        });
        await deps.startWithScopes(tx, id, policy.userScopes);
        const token = secretValue();
        const row = { tenantId: tx.tenantId, applicationId: id, tokenHash: hashSecret(token), ip, createdAt: tx.now };
        await store.insertClient(tx.db, row);
        await audit(tx, {
          key: 'Application.Registered',
          target: { type: 'Application', id },
          details: { applicationId: id, initialAccessTokenId: tokenId ?? null },
        });
        return { client: await describe(tx, id), token };
      });
    },

    async read(scope: Scope, clientId: string, token: string | undefined): Promise<RegisteredClient> {
      return describe(await authenticate(scope, clientId, token), clientId);
    },

    /** Replaces what the client said of itself (RFC 7592 §2.2). */
    async replace(scope: Scope, clientId: string, token: string | undefined, body: Record<string, unknown>) {
      const own = await authenticate(scope, clientId, token);
      const before = await describe(own, clientId);
      const metadata = readMetadata(body, await policyOf(own));
      if (body.client_id !== clientId) throw invalidMetadata('client_id: is not the client’s own');
      if (body.client_secret !== undefined && !isSecretOf(before, body.client_secret)) {
        throw invalidMetadata('client_secret: is not the client’s own');
      }
      if (metadata.type !== before.type) throw invalidMetadata('the kind of the client cannot change');
      await applications.update(own, clientId, { name: metadata.name, oidcClientMetadata: oidcMetadata(metadata) });
      return describe(own, clientId);
    },

    async remove(scope: Scope, clientId: string, token: string | undefined): Promise<void> {
      await applications.remove(await authenticate(scope, clientId, token), clientId);
    },

    tokens: {
      list: (scope: Scope) => store.listTokens(scope.db, scope.tenantId),

      async create(scope: Scope, input: { name: string; expiresAt?: number | null | undefined }) {
        const { name, expiresAt = null } = input;
        if (expiresAt !== null && expiresAt <= scope.now.getTime()) {
          throw fail('guard.invalid_input', { details: 'body.expiresAt: must be in the future' });
        }
        const value = secretValue();
        return transaction(scope, async (tx) => {
          const row: store.InitialAccessToken = {
            id: standardId(),
            name,
            createdAt: tx.now.getTime(),
            expiresAt,
            lastUsedAt: null,
          };
          await store.insertToken(tx.db, { ...row, tenantId: tx.tenantId, valueHash: hashSecret(value) });
          await audit(tx, { key: 'InitialAccessToken.Created', target: targetOf(row.id), after: row });
          return { ...row, value };
        });
      },

      remove: (scope: Scope, id: string): Promise<void> =>
        transaction(scope, async (tx) => {
          const name = await store.deleteToken(tx.db, tx.tenantId, id);
          if (name === undefined) throw fail('entity.not_found');
          await audit(tx, { key: 'InitialAccessToken.Deleted', target: targetOf(id), before: { name } });
        }),
    },
  };
}

const targetOf = (id: string) => ({ type: 'InitialAccessToken' as const, id });

const isSecretOf = ({ secret }: RegisteredClient, presented: unknown): boolean =>
  secret !== undefined && typeof presented === 'string' && equalSecrets(secret, presented);
