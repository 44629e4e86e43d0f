import type {
  AuthorizationCallback,
  ConnectorContext,
  ConnectorSession,
  LocalizedText,
  ProviderTokens,
} from '@latchkey/connector-kit';
import type { SamlIdentityProvider } from '@latchkey/connectors/saml';
import type { z } from 'zod';
import type { ProviderName } from '../enterprise-sso.contract.ts';

/** What an OpenID provider's discovery document says (OpenID Connect Discovery §3), as far as it is used. */
export interface OidcEndpoints {
  issuer: string;
  authorizationEndpoint: string;
  tokenEndpoint: string;
  jwksUri: string;
  userinfoEndpoint?: string | undefined;
  tokenEndpointAuthMethods?: string[] | undefined;
}

/** What a provider has said of itself when it was last asked. */
export type ResolvedProvider = ({ type: 'oidc' } & OidcEndpoints) | ({ type: 'saml' } & SamlIdentityProvider);

/** Where we are, towards a SAML provider. */
export interface OwnAddresses {
  entityId: string;
  assertionConsumerServiceUrl: string;
}

/** A key that our requests are signed with. */
export interface RequestSigning {
  privateKey: string;
}

/** Everything that a sign-in at a provider needs. */
export interface SsoSetting<Config> {
  config: Config;
  provider: ResolvedProvider;
  own: OwnAddresses;
  signing?: RequestSigning | undefined;
}

export interface SsoRequest {
  state: string;
  redirectUri: string;
  /** The address that was typed, so that nobody types it twice. */
  loginHint?: string | undefined;
}

/** Who has signed in, in the provider's words. */
export interface SsoUser {
  issuer: string;
  id: string;
  /** As the provider asserts it; whether it may is decided by the connector's domains. */
  email?: string | undefined;
  name?: string | undefined;
  avatar?: string | undefined;
  rawData: Readonly<Record<string, unknown>>;
}

/** A kind of enterprise provider: how it is set up, and how people sign in there. */
export interface SsoProvider<Config = unknown> {
  providerName: ProviderName;
  providerType: 'oidc' | 'saml';
  name: string;
  description: LocalizedText;
  logo: string;
  logoDark: string;
  /** Every member may be missing: a connector can be completed later. */
  configSchema: z.ZodType<Config>;
  /** Asks the provider about itself; undefined while the configuration is not complete. */
  resolve(config: Config, context: ConnectorContext): Promise<ResolvedProvider | undefined>;
  start(setting: SsoSetting<Config>, request: SsoRequest): Promise<{ uri: string; session: ConnectorSession }>;
  finish(
    setting: SsoSetting<Config>,
    callback: Pick<AuthorizationCallback<unknown>, 'params' | 'session'>,
    context: ConnectorContext,
  ): Promise<{ user: SsoUser; tokens?: ProviderTokens | undefined }>;
  /** Fresh tokens for a refresh token; undefined where there are none. */
  refresh?: (setting: SsoSetting<Config>, refreshToken: string, context: ConnectorContext) => Promise<ProviderTokens>;
}
