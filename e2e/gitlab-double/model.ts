import { randomBytes } from 'node:crypto';
import { type CryptoKey, calculateJwkThumbprint, exportJWK, generateKeyPair, type JWK } from 'jose';

export const SCOPES = [
  'api',
  'read_api',
  'read_user',
  'create_runner',
  'manage_runner',
  'k8s_proxy',
  'read_repository',
  'write_repository',
  'read_registry',
  'write_registry',
  'read_virtual_registry',
  'write_virtual_registry',
  'read_observability',
  'write_observability',
  'ai_features',
  'sudo',
  'admin_mode',
  'read_service_ping',
  'openid',
  'profile',
  'email',
] as const;
export type Scope = (typeof SCOPES)[number];

export interface GitlabApplication {
  name: string;
  /** Hexadecimal; made up when left out. */
  clientId?: string;
  /** Starts with `gloas-`; made up when left out. */
  clientSecret?: string;
  /** Compared character by character. */
  redirectUris: readonly string[];
  scopes: readonly Scope[];
  /** Default true. A public application has no secret to show. */
  confidential?: boolean;
  /** Users are not asked for their consent. Default false. */
  trusted?: boolean;
}

export interface GitlabGroup {
  /** Full path, such as `readers/japan`. */
  path: string;
  /** False when the membership is inherited from a group above. Default true. */
  direct?: boolean;
  role?: 'owner' | 'maintainer' | 'developer';
}

export interface GitlabUser {
  id: number;
  username: string;
  name: string;
  password: string;
  /** Primary address, told to applications with the scope `email` only. */
  email: string;
  /** Default true. */
  emailConfirmed?: boolean;
  /** The address on the public profile, told to all. */
  publicEmail?: string;
  website?: string;
  /** Default: an image that the double serves. */
  picture?: string;
  groups?: readonly GitlabGroup[];
}

export type RegisteredApplication = Required<GitlabApplication>;

/** One browser. */
export interface BrowserSession {
  id: string;
  csrfToken: string;
  returnTo?: string;
  user?: GitlabUser;
  /** Seconds, when the user signed in. */
  signedInAt?: number;
}

export interface Grant {
  application: RegisteredApplication;
  user: GitlabUser;
  scope: string;
  redirectUri: string;
  nonce: string | undefined;
  signedInAt: number;
  challenge: string | undefined;
  challengeMethod: 'plain' | 'S256';
  expiresAt: number;
}

export interface IssuedToken {
  accessToken: string;
  refreshToken: string | undefined;
  application: RegisteredApplication;
  /** None for client credentials. */
  user: GitlabUser | undefined;
  scope: string;
  redirectUri: string | undefined;
  signedInAt: number;
  createdAt: number;
  revoked: boolean;
}

/** A device that waits for its user. */
export interface DeviceRequest {
  userCode: string;
  application: RegisteredApplication;
  scope: string;
  expiresAt: number;
  polledAt?: number;
  answer: 'pending' | 'denied' | { user: GitlabUser; signedInAt: number };
}

export interface DoubleState {
  url: string;
  applications: readonly RegisteredApplication[];
  users: readonly GitlabUser[];
  sessions: Map<string, BrowserSession>;
  codes: Map<string, Grant>;
  devices: Map<string, DeviceRequest>;
  tokens: IssuedToken[];
  privateKey: CryptoKey;
  publicJwk: JWK;
  /** Seconds since 1970. */
  now: () => number;
}

/** GitLab's fixed life of an access token. */
export const ACCESS_TOKEN_SECONDS = 7200;
export const CODE_SECONDS = 600;
export const ID_TOKEN_SECONDS = 120;

/** GitLab's ids and tokens: 32 octets in hexadecimal. */
export const hexToken = (): string => randomBytes(32).toString('hex');

export function register(application: GitlabApplication): RegisteredApplication {
  return {
    confidential: true,
    trusted: false,
    clientId: hexToken(),
    clientSecret: `gloas-${hexToken()}`,
    ...application,
  };
}

export const hasExpired = (state: DoubleState, token: IssuedToken): boolean =>
  token.createdAt + ACCESS_TOKEN_SECONDS <= state.now();

export async function createState(
  applications: readonly GitlabApplication[],
  users: readonly GitlabUser[],
  now: () => Date,
): Promise<DoubleState> {
  const { privateKey, publicKey } = await generateKeyPair('RS256');
  const jwk = await exportJWK(publicKey);
  return {
    url: '',
    applications: applications.map(register),
    users,
    sessions: new Map(),
    codes: new Map(),
    devices: new Map(),
    tokens: [],
    privateKey,
    publicJwk: { ...jwk, kid: await calculateJwkThumbprint(jwk), use: 'sig', alg: 'RS256' },
    now: () => Math.floor(now().getTime() / 1000),
  };
}
