import { audit } from '../../kernel/audit.ts';
import type { AuditedObject } from '../../kernel/audited-objects.ts';
import { announceChange } from '../../kernel/cache.ts';
import type { Database } from '../../kernel/database.ts';
import { type Scope, transaction } from '../../kernel/scope.ts';
import type { RegistrationPolicy } from '../client-registration/client-registration.contract.ts';
import { PROVIDER_TOPIC } from './keys.ts';
import * as store from './oidc.store.ts';
import { DEFAULT_ID_TOKEN_CLAIMS, type ExtendedClaim } from './policies/claims.ts';

/** A tenant's settings of the protocol, by their keys in `tenant_settings`. */
export interface ProtocolSettings {
  /** Seconds a session lives without use. */
  'oidc.session': { ttl: number };
  /** Claims of the extended kind that ID tokens carry. */
  'oidc.idToken': { enabledExtendedClaims: ExtendedClaim[] };
  /** Whether clients may introduce themselves by a metadata document. */
  cimd: { enabled: boolean };
  /** Whether clients may register themselves, and as what. */
  clientRegistration: RegistrationPolicy;
}

const DEFAULTS: ProtocolSettings = {
  'oidc.session': { ttl: 14 * 86_400 },
  'oidc.idToken': { enabledExtendedClaims: [...DEFAULT_ID_TOKEN_CLAIMS] },
  cimd: { enabled: false },
  clientRegistration: {
    enabled: false,
    initialAccessTokenRequired: true,
    allowedRedirectHosts: [],
    userScopes: ['profile', 'email'],
    hourlyLimit: 100,
  },
};

const AUDIT_KEYS = {
  'oidc.session': 'OidcSession',
  'oidc.idToken': 'IdTokenConfig',
  cimd: 'Cimd',
  clientRegistration: 'ClientRegistration',
} as const satisfies Record<keyof ProtocolSettings, AuditedObject>;

export async function getSetting<Key extends keyof ProtocolSettings>(
  db: Database,
  tenantId: string,
  key: Key,
): Promise<ProtocolSettings[Key]> {
  const stored = (await store.findSetting(db, tenantId, key)) as Partial<ProtocolSettings[Key]> | undefined;
  return { ...DEFAULTS[key], ...stored };
}

/** Changes a setting; the engines of every process are built anew with it. */
export function changeSetting<Key extends keyof ProtocolSettings>(
  scope: Scope,
  key: Key,
  change: Partial<ProtocolSettings[Key]>,
): Promise<ProtocolSettings[Key]> {
  return transaction(scope, async (tx) => {
    const before = await getSetting(tx.db, tx.tenantId, key);
    const after = { ...before, ...change };
    await store.upsertSetting(tx.db, tx.tenantId, key, after);
    const name = AUDIT_KEYS[key];
    await audit(tx, { key: `${name}.Updated`, target: { type: name, id: key }, before, after });
    await announceChange(tx, PROVIDER_TOPIC, '*');
    return after;
  });
}
