import { errors, type KoaContextWithOIDC, type ResourceServer } from 'oidc-provider';
import type { SigningAlgorithm } from '../keys.ts';
import { clientExtras } from './clients.ts';
import { accessDenied } from './refusals.ts';

/** The reserved resource by which clients ask for organization tokens (features 1.6). */
export const ORGANIZATIONS_RESOURCE = 'urn:logto:resource:organizations';

/** The scope that a refresh token must carry to be good for organization tokens. */
export const ORGANIZATIONS_SCOPE = 'urn:logto:scope:organizations';

const AUDIENCE_PREFIX = 'urn:logto:organization:';
const TOKEN_TTL = 3600;

export type TokenHolder = { userId: string } | { applicationId: string };

export interface OrganizationSource {
  /** What the membership demands; undefined for who is no member, and for an organization that there is not. */
  findMembership(organizationId: string, holder: TokenHolder): Promise<{ isMfaRequired: boolean } | undefined>;
  /** Names of the organization's scopes that the holder's roles in it give. */
  scopes(organizationId: string, holder: TokenHolder): Promise<string[]>;
  /** Whether the user has any second factor, an address that codes can be sent to included. */
  hasSecondFactor(userId: string): Promise<boolean>;
  /** Whether the user let this third-party application act for the organization. */
  hasConsented(userId: string, clientId: string, organizationId: string): Promise<boolean>;
}

/** The organization that a token request names. */
export function requestedOrganization(ctx: KoaContextWithOIDC): string | undefined {
  if (ctx.oidc.route !== 'token' || ctx.oidc.params?.grant_type === 'authorization_code') return undefined;
  const value = (ctx.oidc.body as Record<string, unknown> | undefined)?.organization_id;
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** Whom the token of this request is for. */
export function tokenHolder(ctx: KoaContextWithOIDC): TokenHolder | undefined {
  const userId = ctx.oidc.account?.accountId;
  if (userId) return { userId };
  const applicationId = ctx.oidc.client?.clientId;
  return applicationId && ctx.oidc.params?.grant_type === 'client_credentials' ? { applicationId } : undefined;
}

/** Decides whether a token may be issued in the context of an organization, once a request. */
export interface OrganizationGate {
  check(ctx: KoaContextWithOIDC): Promise<void>;
}

export function createOrganizationGate(source: OrganizationSource): OrganizationGate {
  const decided = new WeakMap<KoaContextWithOIDC, Promise<void>>();
  return {
    check(ctx) {
      const known = decided.get(ctx) ?? decide(ctx);
      decided.set(ctx, known);
      return known;
    },
  };

  async function decide(ctx: KoaContextWithOIDC): Promise<void> {
    const organizationId = requestedOrganization(ctx);
    const holder = tokenHolder(ctx);
    if (organizationId === undefined || !holder) return;
    const { refreshToken, client } = ctx.oidc;
    if (refreshToken && !refreshToken.scopes.has(ORGANIZATIONS_SCOPE)) {
      throw new errors.InsufficientScope('the refresh token was not granted for organizations', ORGANIZATIONS_SCOPE);
    }
    const membership = await source.findMembership(organizationId, holder);
    if (!membership) {
      throw accessDenied(
        'userId' in holder
          ? 'user is not a member of the organization'
          : 'app has not associated with the organization',
      );
    }
    if (!('userId' in holder) || !client) return;
    if (clientExtras(client).isThirdParty) {
      const consented = await source.hasConsented(holder.userId, client.clientId, organizationId);
      if (!consented) throw accessDenied('organization access is not granted to the application');
    }
    if (membership.isMfaRequired && !(await source.hasSecondFactor(holder.userId))) {
      throw accessDenied('organization requires mfa but user has no mfa configured');
    }
  }
}

/** The reserved resource: the template's scopes when authorization is asked for, one organization when a token is. */
export async function organizationServer(
  ctx: KoaContextWithOIDC,
  source: OrganizationSource,
  algorithm: SigningAlgorithm,
): Promise<ResourceServer> {
  const organizationId = requestedOrganization(ctx);
  const holder = tokenHolder(ctx);
  const scopes =
    organizationId !== undefined && holder
      ? await source.scopes(organizationId, holder)
      : String(ctx.oidc.params?.scope ?? '').split(' ');
  const { ceiling } = clientExtras(ctx.oidc.client);
  const allowed = ceiling ? scopes.filter((name) => ceiling.organizationScopes.includes(name)) : scopes;
  return {
    audience: organizationId === undefined ? ORGANIZATIONS_RESOURCE : AUDIENCE_PREFIX + organizationId,
    scope: allowed.join(' '),
    accessTokenFormat: 'jwt',
    accessTokenTTL: TOKEN_TTL,
    jwt: { sign: { alg: algorithm } },
  };
}
