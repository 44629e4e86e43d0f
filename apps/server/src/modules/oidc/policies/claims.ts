import type { AccountClaims } from 'oidc-provider';
import { extendedClaims } from '../oidc.contract.ts';

/** Which claims a scope unlocks (OIDC Core §5.4, features 1.7). */
export const CLAIMS_BY_SCOPE: Record<string, string[]> = {
  openid: ['sub'],
  profile: [
    'name',
    'family_name',
    'given_name',
    'middle_name',
    'nickname',
    'preferred_username',
    'profile',
    'picture',
    'website',
    'gender',
    'birthdate',
    'zoneinfo',
    'locale',
    'updated_at',
    'username',
    'created_at',
  ],
  email: ['email', 'email_verified'],
  phone: ['phone_number', 'phone_number_verified'],
  address: ['address'],
  custom_data: ['custom_data'],
  identities: ['identities', 'sso_identities'],
  roles: ['roles'],
  'urn:logto:scope:organizations': ['organizations', 'organization_data'],
  'urn:logto:scope:organization_roles': ['organization_roles'],
};

/** Scopes that open endpoints of the account API and no claims. */
export const SCOPES_WITHOUT_CLAIMS = ['urn:logto:scope:sessions', 'urn:logto:scope:trusted_devices'] as const;

export type ExtendedClaim = (typeof extendedClaims)[number];
const EXTENDED: ReadonlySet<string> = new Set(extendedClaims);

/** The scopes that unlock these claims. */
export const scopesOf = (claims: readonly string[]): string[] =>
  Object.entries(CLAIMS_BY_SCOPE)
    .filter(([scope, unlocked]) => scope !== 'openid' && unlocked.some((claim) => claims.includes(claim)))
    .map(([scope]) => scope);

/** Extended claims that a new tenant's ID tokens carry. */
export const DEFAULT_ID_TOKEN_CLAIMS: readonly ExtendedClaim[] = ['roles', 'organizations', 'organization_roles'];

/** An organization that a user is a member of, as the claims need it. */
export interface Membership {
  id: string;
  name: string;
  description: string | null;
  /** The user's roles in it. */
  roles: readonly { name: string }[];
}

/** What a user holds at this moment; read only when a granted scope asks for it. */
export interface Holdings {
  roles: readonly string[];
  memberships: readonly Membership[];
}

/** A user as the claims need it; the users module provides it. */
export interface ClaimsUser {
  id: string;
  username: string | null;
  primaryEmail: string | null;
  /** Null while nobody has proved the address, such as after an import that said so. */
  emailVerifiedAt: Date | null;
  primaryPhone: string | null;
  name: string | null;
  avatar: string | null;
  profile: Record<string, unknown>;
  customData: Record<string, unknown>;
  ssoIdentities: readonly { issuer: string; identityId: string; detail: Record<string, unknown> }[];
  identities: Record<string, { userId: string; details?: Record<string, unknown> | undefined }>;
  isSuspended: boolean;
  createdAt: Date;
  updatedAt: Date;
}

const snake = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** Profile fields under their standard claim names; what is not set is left out. */
function profileClaims(profile: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(profile)
      .filter(([name, value]) => name !== 'address' && value !== undefined && value !== '')
      .map(([name, value]) => [snake(name), value]),
  );
}

function addressClaim(address: unknown): Record<string, unknown> | undefined {
  if (typeof address !== 'object' || address === null) return undefined;
  return Object.fromEntries(Object.entries(address).map(([name, value]) => [snake(name), value]));
}

/** All claims of a user; the engine keeps those that the granted scopes unlock. */
export function claimsOf(
  user: ClaimsUser,
  { roles, memberships }: Holdings,
  use: string,
  idTokenClaims: readonly string[],
): AccountClaims {
  const address = addressClaim(user.profile.address);
  const all: Record<string, unknown> = {
    ...profileClaims(user.profile),
    name: user.name,
    picture: user.avatar,
    username: user.username,
    preferred_username: user.profile.preferredUsername ?? user.username,
    created_at: user.createdAt.getTime(),
    updated_at: user.updatedAt.getTime(),
    email: user.primaryEmail,
    // Applications open accounts of their own by it: what nobody has proved is not told as proved.
    email_verified: user.primaryEmail !== null && user.emailVerifiedAt !== null,
    phone_number: user.primaryPhone,
    phone_number_verified: user.primaryPhone !== null,
    ...(address && { address }),
    custom_data: user.customData,
    identities: user.identities,
    // Features 1.7: who vouched, as whom, and what was told.
    sso_identities: user.ssoIdentities.map(({ issuer, identityId, detail }) => ({ issuer, identityId, detail })),
    roles,
    organizations: memberships.map(({ id }) => id),
    organization_data: memberships.map(({ id, name, description }) => ({ id, name, description })),
    organization_roles: memberships.flatMap(({ id, roles: held }) => held.map(({ name }) => `${id}:${name}`)),
  };
  const kept = Object.entries(all).filter(
    ([name]) => use !== 'id_token' || !EXTENDED.has(name) || idTokenClaims.includes(name),
  );
  return { sub: user.id, ...Object.fromEntries(kept) };
}
