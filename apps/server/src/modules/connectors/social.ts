import {
  type ConnectorContext,
  ConnectorError,
  type ConnectorSession,
  type ProviderTokens,
  type SocialConnector,
  type SocialSignIn,
} from '@latchkey/connector-kit';
import type { Egress } from '../../kernel/egress.ts';
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

export type Social = ReturnType<typeof createSocial>;

/** Signing in at a provider. Failures are the API's errors `connector.*`, without the provider's own words. */
export function createSocial({ egress, now }: { egress: Egress; now: () => Date }) {
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
    authorizationUri: (record: ConnectorRecord, request: SocialRequest) =>
      asking(async () => socialOf(record).authorizationUri({ config: record.config, ...request }, context)),

    /** Verifies what the provider sent back and says who it is; the tokens are for the vault alone. */
    signIn: (record: ConnectorRecord, callback: SocialCallback): Promise<SocialSignIn> =>
      asking(async () => socialOf(record).signIn({ config: record.config, ...callback }, context)),
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
