import type { z } from 'zod';
import { parseConfig } from './connector-config.ts';
import type { EmailConnector, SmsConnector } from './message.ts';
import type { ConnectorMetadata } from './metadata.ts';

export interface ConnectorFetchInit {
  method?: string;
  headers?: Record<string, string>;
  body?: string;
  /** Bound of the whole exchange, in milliseconds. */
  timeoutMs?: number;
  /** Largest answer that is read. */
  maxBytes?: number;
}

/**
 * A connector's only way to the network, given by the server, which guards addresses, keeps the bounds and
 * follows no redirect.
 * A failure carries its `reason`; `too_large` is the provider's fault, all others mean it was not reached.
 * Pass the same function each time: signing keys are cached beside it.
 */
export type ConnectorFetch = (url: string | URL, init?: ConnectorFetchInit) => Promise<Response>;

export interface ConnectorContext {
  fetch: ConnectorFetch;
  now: () => Date;
}

/** What must be remembered, on the server, between leaving for the provider and coming back. */
export interface ConnectorSession {
  state: string;
  redirectUri: string;
  /** A connector keeps more under names of its own, such as `nonce` and `codeVerifier`. */
  [name: string]: string;
}

export interface AuthorizationRequest<Config> {
  config: Config;
  state: string;
  redirectUri: string;
  /** Replaces the configured scope for this request. */
  scope?: string;
}

export interface AuthorizationCallback<Config> {
  config: Config;
  /** Parameters the provider sent to the redirect URI, from the query or the form. */
  params: Readonly<Record<string, string | undefined>>;
  session: ConnectorSession;
}

/** Who the provider says signed in. */
export interface SocialUserInfo {
  /** Stable within the target; the rest may change. */
  id: string;
  /** Only an address whose ownership the provider vouches for. */
  email?: string;
  /** Only a number whose ownership the provider vouches for. */
  phone?: string;
  name?: string;
  /** Absolute http or https URL. */
  avatar?: string;
  /** Everything the provider told, without tokens. */
  rawData: Readonly<Record<string, unknown>>;
}

interface SocialConnectorDefinition<Schema extends z.ZodObject> {
  metadata: ConnectorMetadata;
  /** Parses and normalises a configuration; its members are the keys of `metadata.formItems`. */
  configSchema: Schema;
  authorizationUri(
    request: AuthorizationRequest<z.output<Schema>>,
    context: ConnectorContext,
  ): Promise<{ uri: string; session: ConnectorSession }>;
  userInfo(callback: AuthorizationCallback<z.output<Schema>>, context: ConnectorContext): Promise<SocialUserInfo>;
}

/** A social connector as the server sees it: its configuration is whatever was stored, checked at each use. */
export interface SocialConnector {
  type: 'Social';
  metadata: ConnectorMetadata;
  configSchema: z.ZodObject;
  /** Starts a sign-in: where to send the browser, and the session to give back to `userInfo`. */
  authorizationUri(
    request: AuthorizationRequest<unknown>,
    context: ConnectorContext,
  ): Promise<{ uri: string; session: ConnectorSession }>;
  /** Finishes a sign-in: verifies the provider's answer and says who it is. */
  userInfo(callback: AuthorizationCallback<unknown>, context: ConnectorContext): Promise<SocialUserInfo>;
}

/** Any connector, told apart by `type`. */
export type Connector = SocialConnector | EmailConnector | SmsConnector;

/** Makes a social connector of its typed definition. */
export function defineSocialConnector<Schema extends z.ZodObject>(
  definition: SocialConnectorDefinition<Schema>,
): SocialConnector {
  const { metadata, configSchema } = definition;
  return {
    type: 'Social',
    metadata,
    configSchema,
    authorizationUri: async (request, context) =>
      definition.authorizationUri({ ...request, config: parseConfig(configSchema, request.config) }, context),
    userInfo: async (callback, context) =>
      definition.userInfo({ ...callback, config: parseConfig(configSchema, callback.config) }, context),
  };
}
