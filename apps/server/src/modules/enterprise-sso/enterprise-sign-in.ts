import type { ConnectorContext, ConnectorSession, ProviderTokens } from '@latchkey/connector-kit';
import { ConnectorError } from '@latchkey/connector-kit';
import { LRUCache } from 'lru-cache';
import type { Scope } from '../../kernel/scope.ts';
import { asRequestError } from '../connectors/index.ts';
import type { SamlAnswersApi } from '../saml-answers/index.ts';
import type { SealedTokens, SecretsApi } from '../secrets/index.ts';
import { isAddressAt } from './domains.ts';
import { fail } from './enterprise-sso.errors.ts';
import type { OwnAddresses, SsoRequest, SsoSetting } from './providers/provider.ts';
import type { SigningKeysService } from './signing-keys.service.ts';
import type { SsoConnectorRecord } from './sso-connectors.service.ts';

/** Somebody whom an enterprise provider has signed in. */
export interface SsoIdentity {
  connectorId: string;
  issuer: string;
  userInfo: {
    id: string;
    /** Only an address that the connector may vouch for. */
    email?: string | undefined;
    name?: string | undefined;
    avatar?: string | undefined;
    rawData: Readonly<Record<string, unknown>>;
  };
  /** What the provider gave along, closed, where the connector keeps it. */
  tokens?: SealedTokens | undefined;
}

export interface EnterpriseSignInDependencies {
  context: ConnectorContext;
  samlAnswers: Pick<SamlAnswersApi, 'expect' | 'take'>;
  sealTokens: SecretsApi['seal'];
  endpointOf(tenantId: string): string;
}

/** A provider is asked about itself again after this, so that a key which it changes is known in time. */
const FRESH_MS = 10 * 60_000;

/** Where we are towards a SAML provider: follows from the tenant's address alone, so that it can be entered there. */
export const ownAddresses = (endpoint: string, connectorId: string): OwnAddresses => ({
  entityId: `${endpoint}/enterprise-sso/${connectorId}`,
  assertionConsumerServiceUrl: `${endpoint}/api/authn/single-sign-on/saml/${connectorId}`,
});

const isOwn = (uri: string, endpoint: string): boolean =>
  URL.canParse(uri) && new URL(uri).origin === new URL(endpoint).origin;

/** Signing in at enterprise providers. Failures are the API's errors `connector.*`. */
export function createEnterpriseSignIn(
  deps: EnterpriseSignInDependencies,
  keys: Pick<SigningKeysService, 'findActive'>,
) {
  const { context, samlAnswers } = deps;
  // By the sealed configuration, which is another one after each change.
  const known = new LRUCache<string, object>({ max: 1000, ttl: FRESH_MS });

  const settingOf = async (scope: Scope, { row, kind, config }: SsoConnectorRecord): Promise<SsoSetting<unknown>> => {
    if (!row.provider) throw new ConnectorError('invalid_config', 'The connector is not set up completely.');
    let provider = known.get(row.configSealed) as SsoSetting<unknown>['provider'] | undefined;
    if (!provider) {
      // A provider that does not say anything about itself just now is known from the last time.
      provider = (await kind.resolve(config, context).catch(() => undefined)) ?? row.provider;
      known.set(row.configSealed, provider);
    }
    return {
      config,
      provider,
      own: ownAddresses(deps.endpointOf(scope.tenantId), row.id),
      signing: config.signAuthnRequest ? await keys.findActive(scope, row.id) : undefined,
    };
  };

  const asking = async <Result>(work: () => Promise<Result>): Promise<Result> => {
    try {
      return await work();
    } catch (error) {
      throw asRequestError(error);
    }
  };

  return {
    /** Where to send the browser, and the session to keep on the server until it comes back. */
    async start(
      scope: Scope,
      record: SsoConnectorRecord,
      request: SsoRequest,
    ): Promise<{ uri: string; session: ConnectorSession }> {
      const { state, redirectUri } = request;
      const isSaml = record.kind.providerType === 'saml';
      // It is we who lead the browser back, so that nobody may have it led anywhere.
      if (isSaml && !isOwn(redirectUri, deps.endpointOf(scope.tenantId))) {
        throw fail('connector.invalid_request_parameters', {
          details: 'redirectUri: must be an address of this server',
        });
      }
      const begun = await asking(async () => record.kind.start(await settingOf(scope, record), request));
      if (isSaml) await samlAnswers.expect(scope, record.row.id, { state, redirectUri });
      return begun;
    },

    /** Verifies what the provider sent back and says who it is. */
    async finish(
      scope: Scope,
      record: SsoConnectorRecord,
      callback: { params: Readonly<Record<string, string | undefined>>; session: ConnectorSession },
    ): Promise<SsoIdentity> {
      const { row, kind } = record;
      const { session } = callback;
      const params =
        kind.providerType === 'saml'
          ? { ...callback.params, SAMLResponse: await samlAnswers.take(scope, row.id, session.state) }
          : callback.params;
      const { user, tokens } = await asking(async () =>
        kind.finish(await settingOf(scope, record), { params, session }, context),
      );
      const { issuer, email, ...rest } = user;
      // One customer's provider speaks for that customer's addresses, whatever it asserts of others.
      const vouched = email !== undefined && isAddressAt(row.domains, email) ? email : undefined;
      const source = { kind: 'enterprise_sso', connectorId: row.id, identityId: user.id } as const;
      return {
        connectorId: row.id,
        issuer,
        userInfo: { ...rest, ...(vouched !== undefined && { email: vouched }) },
        ...(tokens && row.enableTokenStorage && { tokens: deps.sealTokens(scope, source, tokens) }),
      };
    },

    /** Fresh tokens of a user; undefined when the provider takes the refresh token no more. */
    async refresh(scope: Scope, record: SsoConnectorRecord, refreshToken: string): Promise<ProviderTokens | undefined> {
      return asking(async () => {
        try {
          return await record.kind.refresh?.(await settingOf(scope, record), refreshToken, context);
        } catch (error) {
          // RFC 6749 §5.2 `invalid_grant`: revoked, expired or used before.
          if (error instanceof ConnectorError && error.code === 'social_auth_code_invalid') return undefined;
          throw error;
        }
      });
    },
  };
}
