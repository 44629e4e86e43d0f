import {
  type ConnectorContext,
  ConnectorError,
  type ConnectorSession,
  type OneTapSettings,
  type ProviderTokens,
  type SocialConnector,
  type SocialSignIn,
  type SocialUserInfo,
} from '@latchkey/connector-kit';
import type { Egress } from '../../kernel/egress.ts';
import type { Scope } from '../../kernel/scope.ts';
import type { SamlAnswersApi } from '../saml-answers/index.ts';
import { asRequestError, fail } from './connectors.errors.ts';
import type { ConnectorRecord } from './connectors.service.ts';
import { spendCredential } from './spent-credentials.ts';

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

/** What a provider's script has brought to a page. */
export interface OneTapCredential {
  credential: string;
  /** What our own page has asked for it with; a page of somebody else's has no say in it. */
  nonce?: string | undefined;
}

/** What the script of a provider is told, where the connector has one and it is switched on. */
export function oneTapOf({ factory, config }: ConnectorRecord): OneTapSettings | undefined {
  const settings = factory.type === 'Social' ? factory.oneTap?.settings(config) : undefined;
  return settings?.isEnabled ? settings : undefined;
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

  /** Verifies what the provider's script brought, without spending it. */
  const readOneTap = (record: ConnectorRecord, answer: OneTapCredential) => {
    const { oneTap } = socialOf(record);
    if (!oneTap) throw fail('connector.invalid_request_parameters');
    return asking(() => oneTap.verify({ config: record.config, ...answer }, context));
  };

  return {
    readOneTap,

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

    /** Verifies what the provider's script brought; it counts once. */
    async signInByOneTap(scope: Scope, record: ConnectorRecord, answer: OneTapCredential): Promise<SocialUserInfo> {
      const { userInfo, expiresAt } = await readOneTap(record, answer);
      if (!(await spendCredential(scope, answer.credential, expiresAt)))
        throw asRequestError(
          new ConnectorError('social_invalid_id_token', 'The ID token has signed somebody in already.'),
        );
      return userInfo;
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
