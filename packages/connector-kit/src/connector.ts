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

/** What a provider lets us do in its user's name. Never part of what is told about the user. */
export interface ProviderTokens {
  accessToken: string;
  /** `Bearer`, as the provider wrote it. */
  tokenType: string;
  /** What was granted, as the provider wrote it; left out where it does not say. */
  scope?: string | undefined;
  /** Milliseconds since 1970; left out for a token that does not end. */
  expiresAt?: number | undefined;
  refreshToken?: string | undefined;
}

/** A sign-in that has come to its end: who it was, and what the provider gave for later. */
export interface SocialSignIn {
  userInfo: SocialUserInfo;
  tokens?: ProviderTokens | undefined;
}

export interface TokenRefresh<Config> {
  config: Config;
  refreshToken: string;
}

/** Ends a sign-in by its user alone, or together with the tokens where they can be kept. */
type Finish<Config> =
  | { userInfo(callback: AuthorizationCallback<Config>, context: ConnectorContext): Promise<SocialUserInfo> }
  | {
      signIn(callback: AuthorizationCallback<Config>, context: ConnectorContext): Promise<SocialSignIn>;
      refresh(request: TokenRefresh<Config>, context: ConnectorContext): Promise<ProviderTokens>;
    };

/** What the provider's script is told that offers a sign-in on the page itself, without a way to the provider and back. */
export interface OneTapSettings {
  clientId: string;
  isEnabled: boolean;
  /** Somebody who has one account there, and has agreed before, is signed in without a click. */
  autoSelect: boolean;
  closeOnTapOutside: boolean;
  /** Shows it where the browser keeps the script from its cookies, too. */
  itpSupport: boolean;
}

export interface OneTapAnswer {
  config: unknown;
  /** The ID token that the script brought. */
  credential: string;
  /** What it must have been asked for with; left out where others than we have asked. */
  nonce?: string | undefined;
}

/** Sign-in by an ID token that the provider's own script brings to the page. */
export interface OneTap {
  /** Undefined where the configuration says nothing of it. */
  settings(config: unknown): OneTapSettings | undefined;
  /** Who it is; `expiresAt`, in milliseconds since 1970, says until when the token would be taken again. */
  verify(answer: OneTapAnswer, context: ConnectorContext): Promise<{ userInfo: SocialUserInfo; expiresAt: number }>;
}

type SocialConnectorDefinition<Schema extends z.ZodObject> = Finish<z.output<Schema>> & {
  metadata: ConnectorMetadata;
  /** Parses and normalises a configuration; its members are the keys of `metadata.formItems`. */
  configSchema: Schema;
  /** The provider posts its answer to an address of its own before the browser comes back (SAML's HTTP-POST binding). */
  answersByPost?: boolean;
  authorizationUri(
    request: AuthorizationRequest<z.output<Schema>>,
    context: ConnectorContext,
  ): Promise<{ uri: string; session: ConnectorSession }>;
};

/** A social connector as the server sees it: its configuration is whatever was stored, checked at each use. */
export interface SocialConnector {
  type: 'Social';
  metadata: ConnectorMetadata;
  configSchema: z.ZodObject;
  /** The provider posts its answer to an address of its own before the browser comes back (SAML's HTTP-POST binding). */
  answersByPost?: boolean;
  /** Starts a sign-in: where to send the browser, and the session to give back to `userInfo`. */
  authorizationUri(
    request: AuthorizationRequest<unknown>,
    context: ConnectorContext,
  ): Promise<{ uri: string; session: ConnectorSession }>;
  /** Finishes a sign-in: verifies the provider's answer and says who it is. */
  userInfo(callback: AuthorizationCallback<unknown>, context: ConnectorContext): Promise<SocialUserInfo>;
  /** The same, with the provider's tokens where the connector can hand them over (`isTokenStorageSupported`). */
  signIn(callback: AuthorizationCallback<unknown>, context: ConnectorContext): Promise<SocialSignIn>;
  /** Fresh tokens for a refresh token (RFC 6749 §6); undefined where tokens cannot be kept. */
  refresh?: ((request: TokenRefresh<unknown>, context: ConnectorContext) => Promise<ProviderTokens>) | undefined;
  oneTap?: OneTap;
}

/** Any connector, told apart by `type`. */
export type Connector = SocialConnector | EmailConnector | SmsConnector;

/** Makes a social connector of its typed definition. */
export function defineSocialConnector<Schema extends z.ZodObject>(
  definition: SocialConnectorDefinition<Schema>,
): SocialConnector {
  const { metadata, configSchema } = definition;
  const parsed = <Request extends { config: unknown }>(request: Request) => ({
    ...request,
    config: parseConfig(configSchema, request.config),
  });
  const keepsTokens = 'signIn' in definition;
  const signIn: SocialConnector['signIn'] = async (callback, context) =>
    keepsTokens
      ? definition.signIn(parsed(callback), context)
      : { userInfo: await definition.userInfo(parsed(callback), context) };
  return {
    type: 'Social',
    metadata: keepsTokens ? { ...metadata, isTokenStorageSupported: true } : metadata,
    configSchema,
    ...(definition.answersByPost && { answersByPost: true }),
    authorizationUri: async (request, context) => definition.authorizationUri(parsed(request), context),
    signIn,
    userInfo: async (callback, context) => (await signIn(callback, context)).userInfo,
    refresh: keepsTokens ? async (request, context) => definition.refresh(parsed(request), context) : undefined,
  };
}
