import {
  type ConnectorContext,
  ConnectorError,
  type ConnectorSession,
  type ProviderTokens,
  type SocialConnector,
  type SocialSignIn,
} from '@latchkey/connector-kit';
import type { Egress } from '../../kernel/egress.ts';
import type { Scope } from '../../kernel/scope.ts';
import type { SamlAnswersApi } from '../saml-answers/index.ts';
import { asRequestError, fail } from './connectors.errors.ts';
import type { ConnectorRecord } from './connectors.service.ts';

export interface SocialRequest {
  state: string;
  /** `<endpoint>/callback/<connectorId>`. */
  redirectUri: string;
  /** Replaces the configured scope. */
  scope?: string | undefined;
}

export interface SocialCallback {
  /** What the provider sent, from the query or the form. */
  params: Readonly<Record<string, string | undefined>>;
  session: ConnectorSession;
}

export interface SocialDependencies {
  egress: Egress;
  now: () => Date;
  samlAnswers: Pick<SamlAnswersApi, 'expect' | 'take'>;
  endpointOf(tenantId: string): string;
}

export type Social = ReturnType<typeof createSocial>;

const isOwn = (uri: string, endpoint: string): boolean =>
  URL.canParse(uri) && new URL(uri).origin === new URL(endpoint).origin;

/** Signing in at a provider. Failures are the API's errors `connector.*`, without the provider's own words. */
export function createSocial({ egress, now, samlAnswers, endpointOf }: SocialDependencies) {
  const context: ConnectorContext = { fetch: egress, now };

  const asking = async <Result>(work: () => Promise<Result>): Promise<Result> => {
    try {
      return await work();
    } catch (error) {
      throw asRequestError(error);
    }
  };

  const socialOf = ({ factory }: ConnectorRecord): SocialConnector => {
    if (factory.type === 'Social') return factory;
    throw fail('connector.unexpected_type', { data: { type: 'Social' } });
  };

  return {
    /** Where to send the browser, and the session to keep on the server until it comes back. */
    async authorizationUri(scope: Scope, record: ConnectorRecord, request: SocialRequest) {
      const connector = socialOf(record);
      const { redirectUri, state } = request;
      // It is we who lead the browser back, so that nobody may have it led anywhere.
      if (
        connector.answersByPost &&
        scope.actor.type === 'anonymous' &&
        !isOwn(redirectUri, endpointOf(scope.tenantId))
      ) {
        throw fail('connector.invalid_request_parameters', {
          details: 'redirectUri: must be an address of this server',
        });
      }
      const begun = await asking(() => connector.authorizationUri({ config: record.config, ...request }, context));
      if (connector.answersByPost) await samlAnswers.expect(scope, record.id, { state, redirectUri });
      return begun;
    },

    /** Verifies what the provider sent back and says who it is; the tokens are for the vault alone. */
    async signIn(scope: Scope, record: ConnectorRecord, callback: SocialCallback): Promise<SocialSignIn> {
      const connector = socialOf(record);
      const { session } = callback;
      const params = connector.answersByPost
        ? { ...callback.params, SAMLResponse: await samlAnswers.take(scope, record.id, session.state) }
        : callback.params;
      return asking(() => connector.signIn({ config: record.config, params, session }, context));
    },

    /** Fresh tokens; undefined when the provider takes the refresh token no more. */
    refresh: (record: ConnectorRecord, refreshToken: string): Promise<ProviderTokens | undefined> =>
      asking(async () => {
        try {
          return await socialOf(record).refresh?.({ config: record.config, refreshToken }, context);
        } catch (error) {
          // RFC 6749 §5.2 `invalid_grant`: revoked, expired or used before.
          if (error instanceof ConnectorError && error.code === 'social_auth_code_invalid') return undefined;
          throw error;
        }
      }),
  };
}
