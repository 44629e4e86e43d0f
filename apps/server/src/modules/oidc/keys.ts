import { randomBytes } from 'node:crypto';
import { promisify } from 'node:util';
import { calculateJwkThumbprint, exportJWK, generateKeyPair, type JWK } from 'jose';
import { audit } from '../../kernel/audit.ts';
import { announceChange } from '../../kernel/cache.ts';
import { defineErrors } from '../../kernel/errors.ts';
import { type Scope, transaction } from '../../kernel/scope.ts';
import type { SecretBox } from '../../kernel/secrets.ts';
import * as store from './oidc.store.ts';

const fail = defineErrors({
  'oidc.key_required': 422,
  'oidc.key_not_found': 404,
  'oidc.only_previous_key_can_be_deleted': 422,
});

/** Signature algorithms a tenant's key may have; ES256 costs a seventh of ES384's CPU time per signature. */
export const SIGNING_ALGORITHMS = ['ES256', 'ES384', 'RS256', 'PS256'] as const;
export type SigningAlgorithm = (typeof SIGNING_ALGORITHMS)[number];
export const DEFAULT_SIGNING_ALGORITHM: SigningAlgorithm = 'ES256';

/** The caches' topic for everything a provider instance is built from. */
export const PROVIDER_TOPIC = 'oidc-provider';

/** A key as the protocol engine needs it. */
export interface SigningKey {
  status: store.KeyRow['status'];
  algorithm: SigningAlgorithm;
  jwk: JWK;
}

export interface TenantKeys {
  /** The current one first. */
  signing: SigningKey[];
  /** The newest first; it signs, the others verify. */
  cookies: string[];
  /** When a staged key takes over, if one waits. */
  changesAt: Date | undefined;
}

const purposeOf = (tenantId: string, kind: store.KeyKind, id: string) => `oidc-key:${tenantId}:${kind}:${id}`;

/**
 * What state a key is in at `now`: a staged key whose time has come signs, and the one it replaces only verifies.
 * Reading the clock instead of running a job means that no process can be late.
 */
export function statesAt(rows: readonly store.KeyRow[], now: Date): store.KeyRow[] {
  const due = rows.find((row) => row.status === 'Next' && row.activatesAt && row.activatesAt <= now);
  if (!due) return [...rows];
  return rows.map((row) => {
    if (row === due) return { ...row, status: 'Current' };
    return row.status === 'Current' ? { ...row, status: 'Previous' } : row;
  });
}

const RANK = { Current: 0, Next: 1, Previous: 2 };

export async function loadKeys(
  db: Scope['db'],
  tenantId: string,
  secretBox: SecretBox,
  now: Date,
): Promise<TenantKeys> {
  const open = (row: store.KeyRow) => secretBox.open(row.valueSealed, purposeOf(tenantId, row.kind, row.id));
  const rows = await store.findKeys(db, tenantId, 'private-keys');
  const signing = statesAt(rows, now)
    .sort((a, b) => RANK[a.status] - RANK[b.status])
    .map(
      (row): SigningKey => ({
        status: row.status,
        algorithm: row.algorithm as SigningAlgorithm,
        jwk: JSON.parse(open(row)) as JWK,
      }),
    );
  const cookies = (await store.findKeys(db, tenantId, 'cookie-keys')).map(open);
  const waiting = rows.find((row) => row.status === 'Next' && row.activatesAt && row.activatesAt > now);
  return { signing, cookies, changesAt: waiting?.activatesAt ?? undefined };
}

async function newPrivateKey(algorithm: SigningAlgorithm): Promise<{ id: string; value: string }> {
  const { privateKey } = await generateKeyPair(algorithm, { extractable: true, modulusLength: 2048 });
  const jwk = await exportJWK(privateKey);
  const kid = await calculateJwkThumbprint(jwk);
  return { id: kid, value: JSON.stringify({ ...jwk, kid, alg: algorithm, use: 'sig' }) };
}

async function newCookieKey(): Promise<{ id: string; value: string }> {
  const bytes = await promisify(randomBytes)(32);
  return { id: (await promisify(randomBytes)(12)).toString('base64url'), value: bytes.toString('base64url') };
}

async function addKey(
  scope: Scope,
  secretBox: SecretBox,
  kind: store.KeyKind,
  status: store.KeyRow['status'],
  options: { algorithm: SigningAlgorithm; activatesAt?: Date },
): Promise<store.KeyRow> {
  const { id, value } = kind === 'private-keys' ? await newPrivateKey(options.algorithm) : await newCookieKey();
  const row: store.KeyRow = {
    tenantId: scope.tenantId,
    id,
    kind,
    status,
    algorithm: kind === 'private-keys' ? options.algorithm : null,
    valueSealed: secretBox.seal(value, purposeOf(scope.tenantId, kind, id)),
    activatesAt: options.activatesAt ?? null,
    createdAt: scope.now,
  };
  await store.insertKey(scope.db, row);
  return row;
}

/** Gives a new tenant its first keys. */
export async function createFirstKeys(scope: Scope, secretBox: SecretBox): Promise<void> {
  for (const kind of ['private-keys', 'cookie-keys'] as const) {
    const existing = await store.lockKeys(scope.db, scope.tenantId, kind);
    if (existing.length === 0) {
      await addKey(scope, secretBox, kind, 'Current', { algorithm: DEFAULT_SIGNING_ALGORITHM });
    }
  }
}

export async function listKeys(scope: Scope, kind: store.KeyKind): Promise<store.KeyRow[]> {
  const rows = await store.findKeys(scope.db, scope.tenantId, kind);
  return statesAt(rows, scope.now).sort((a, b) => RANK[a.status] - RANK[b.status]);
}

/** Writes down a takeover that the clock has already made. */
async function settle(scope: Scope, rows: store.KeyRow[], kind: store.KeyKind): Promise<store.KeyRow[]> {
  const settled = statesAt(rows, scope.now);
  // Previous first: only one row may be Current at a time.
  for (const row of settled.filter((row) => row.status === 'Previous')) {
    await store.updateKey(scope.db, scope.tenantId, kind, row.id, { status: 'Previous' });
  }
  for (const row of settled.filter((row) => row.status === 'Current')) {
    await store.updateKey(scope.db, scope.tenantId, kind, row.id, { status: 'Current', activatesAt: null });
  }
  return settled;
}

export interface RotateOptions {
  algorithm?: SigningAlgorithm | undefined;
  /** Seconds for which the new signing key is only published, so that verifiers' caches know it before it signs. */
  gracePeriodSeconds?: number | undefined;
}

/**
 * Replaces the key that signs. With a grace period the new key is staged first (`Next`).
 * The one replaced keeps verifying (`Previous`); older ones go.
 */
export function rotateKey(
  scope: Scope,
  secretBox: SecretBox,
  kind: store.KeyKind,
  options: RotateOptions,
): Promise<store.KeyRow[]> {
  return transaction(scope, async (tx) => {
    const rows = await settle(tx, await store.lockKeys(tx.db, tx.tenantId, kind), kind);
    const current = rows.find((row) => row.status === 'Current');
    const algorithm = options.algorithm ?? (current?.algorithm as SigningAlgorithm | null) ?? DEFAULT_SIGNING_ALGORITHM;
    const staged = kind === 'private-keys' && (options.gracePeriodSeconds ?? 0) > 0;
    for (const row of rows.filter((row) => row !== current && (row.status === 'Next' || !staged))) {
      await store.deleteKey(tx.db, tx.tenantId, kind, row.id);
    }
    if (current && !staged) await store.updateKey(tx.db, tx.tenantId, kind, current.id, { status: 'Previous' });
    const activatesAt = new Date(tx.now.getTime() + (options.gracePeriodSeconds ?? 0) * 1000);
    const added = await addKey(
      tx,
      secretBox,
      kind,
      staged ? 'Next' : 'Current',
      staged ? { algorithm, activatesAt } : { algorithm },
    );
    await audit(tx, {
      key: 'OidcKey.Rotated',
      target: { type: 'OidcKey', id: added.id },
      details: { kind, algorithm: added.algorithm, replaces: current?.id, activatesAt: staged ? activatesAt : tx.now },
    });
    await announceChange(tx, PROVIDER_TOPIC, '*');
    return listKeys(tx, kind);
  });
}

/** Removes a key that no longer signs. Tokens it signed stop verifying. */
export async function removeKey(scope: Scope, kind: store.KeyKind, id: string): Promise<void> {
  await transaction(scope, async (tx) => {
    const rows = await settle(tx, await store.lockKeys(tx.db, tx.tenantId, kind), kind);
    const row = rows.find((candidate) => candidate.id === id);
    if (!row) throw fail('oidc.key_not_found', { data: { id } });
    if (rows.length === 1) throw fail('oidc.key_required');
    if (row.status !== 'Previous') throw fail('oidc.only_previous_key_can_be_deleted');
    await store.deleteKey(tx.db, tx.tenantId, kind, id);
    await audit(tx, { key: 'OidcKey.Deleted', target: { type: 'OidcKey', id }, details: { kind } });
    await announceChange(tx, PROVIDER_TOPIC, '*');
  });
}

/** Seals anew what a previous master key sealed. Answers how many rows changed. */
export async function resealKeys(scope: Scope, secretBox: SecretBox): Promise<number> {
  let count = 0;
  for (const kind of ['private-keys', 'cookie-keys'] as const) {
    for (const row of await store.lockKeys(scope.db, scope.tenantId, kind)) {
      if (!secretBox.isStale(row.valueSealed)) continue;
      const purpose = purposeOf(scope.tenantId, kind, row.id);
      const valueSealed = secretBox.seal(secretBox.open(row.valueSealed, purpose), purpose);
      await store.updateKey(scope.db, scope.tenantId, kind, row.id, { valueSealed });
      count += 1;
    }
  }
  return count;
}
