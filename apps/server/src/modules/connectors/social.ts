import type { ConnectorContext, ConnectorSession, SocialUserInfo } from '@latchkey/connector-kit';
import type { Egress } from '../../kernel/egress.ts';
import { asRequestError } from './connectors.errors.ts';
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

  return {
    /** Where to send the browser, and the session to keep on the server until it comes back. */
    authorizationUri: ({ factory, config }: ConnectorRecord, request: SocialRequest) =>
      asking(() => factory.authorizationUri({ config, ...request }, context)),

    /** Verifies what the provider sent back and says who it is. */
    userInfo: ({ factory, config }: ConnectorRecord, callback: SocialCallback): Promise<SocialUserInfo> =>
      asking(() => factory.userInfo({ config, ...callback }, context)),
  };
}
