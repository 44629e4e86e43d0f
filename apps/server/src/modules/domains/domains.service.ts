import { randomBytes } from 'node:crypto';
import { audit } from '../../kernel/audit.ts';
import { announceChange } from '../../kernel/cache.ts';
import { databaseErrorOf } from '../../kernel/database.ts';
import { standardId } from '../../kernel/ids.ts';
import { type Scope, transaction } from '../../kernel/scope.ts';
import { parseDomain } from './domain-names.ts';
import { findProof, type ResolveTxt } from './domain-proof.ts';
import type { VerificationFiles } from './domains.contract.ts';
import { fail } from './domains.errors.ts';
import * as store from './domains.store.ts';

export interface DomainsDependencies {
  resolveTxt: ResolveTxt;
  /** True for the hosts that ENDPOINT and ADMIN_ENDPOINT stand for. */
  isOwnHost(hostname: string): boolean;
  /** Whether the tenants' addresses are encrypted. */
  isEncrypted: boolean;
  /** Tells the protocol, in the transaction in progress, that the tenant's issuers change. */
  announceIssuers(tx: Scope): Promise<void>;
}

/** The caches' topic of which domain is whose. */
export const OWNERS_TOPIC = 'domain-owners';
/** A verified domain whose record is gone stays for this long: DNS providers are changed by hand. */
const GRACE_MS = 72 * 3_600_000;
const IN_USE = 'The domain belongs to another tenant.';
const LOST = 'The TXT record has been gone for three days.';

const target = (id: string) => ({ type: 'Domain', id });

export type DomainsService = ReturnType<typeof createDomainsService>;

/** Domains of a tenant: claimed by anybody, proven by one. */
export function createDomainsService(deps: DomainsDependencies) {
  const get = async (scope: Scope, id: string): Promise<store.DomainRow> => {
    const row = await store.findDomain(scope.db, scope.tenantId, id);
    if (!row) throw fail('entity.not_found');
    return row;
  };

  /** Every process forgets whose the names are, and which issuers the tenant has. */
  const announce = async (tx: Scope): Promise<void> => {
    await announceChange(tx, OWNERS_TOPIC, '*');
    await deps.announceIssuers(tx);
  };

  /** Changes the state, if it is still the one that was read, and tells who needs to know. */
  const move = (scope: Scope, row: store.DomainRow, change: store.DomainChange): Promise<store.DomainRow> =>
    transaction(scope, async (tx) => {
      const moved = await store.updateDomain(tx.db, row, change);
      if (!moved) return get(tx, row.id);
      if (moved.status !== row.status) {
        const key = 'Domain.Status.Updated';
        const { domain } = row;
        await audit(tx, { key, target: target(row.id), before: { domain, status: row.status }, after: moved });
        await announce(tx);
      }
      return moved;
    });

  const claim = async (scope: Scope, row: store.DomainRow): Promise<store.DomainRow> => {
    try {
      return await move(scope, row, {
        status: deps.isEncrypted ? 'PendingSsl' : 'Active',
        errorMessage: null,
        checkedAt: scope.now,
        verifiedAt: scope.now,
        failingSince: null,
      });
    } catch (error) {
      if (databaseErrorOf(error)?.code !== '23505') throw error;
      return move(scope, row, { status: 'Error', errorMessage: IN_USE, checkedAt: scope.now });
    }
  };

  /** A record that is gone for long frees the name; a shorter absence, or a silent DNS, changes nothing. */
  const note = (scope: Scope, row: store.DomainRow, isThere: boolean): Promise<store.DomainRow> => {
    const failingSince = isThere ? null : (row.failingSince ?? scope.now);
    const isLost = failingSince && scope.now.getTime() - failingSince.getTime() >= GRACE_MS;
    return move(scope, row, {
      checkedAt: scope.now,
      failingSince,
      ...(isLost && { status: 'Error', errorMessage: LOST, verifiedAt: null }),
    });
  };

  const check = async (scope: Scope, row: store.DomainRow): Promise<store.DomainRow> => {
    const proof = await findProof(deps.resolveTxt, row);
    if (proof === 'unknown') return move(scope, row, { checkedAt: scope.now });
    if (row.verifiedAt) return note(scope, row, proof === 'present');
    return proof === 'present' ? claim(scope, row) : move(scope, row, { checkedAt: scope.now });
  };

  return {
    get,
    check,
    list: (scope: Scope) => store.listDomains(scope.db, scope.tenantId),

    create: (scope: Scope, wanted: string): Promise<store.DomainRow> =>
      transaction(scope, async (tx) => {
        const domain = parseDomain(wanted);
        if (!domain || deps.isOwnHost(domain)) throw fail('domain.domain_is_not_allowed');
        const row: store.DomainRow = {
          tenantId: tx.tenantId,
          id: standardId(),
          domain,
          status: 'PendingVerification',
          errorMessage: null,
          proof: randomBytes(24).toString('base64url'),
          verificationFiles: {},
          createdAt: tx.now,
          checkedAt: null,
          verifiedAt: null,
          failingSince: null,
          isPrimary: false,
        };
        if (!(await store.insertDomain(tx.db, row))) throw fail('domain.hostname_already_exists');
        await audit(tx, { key: 'Domain.Created', target: target(row.id), after: { domain } });
        return row;
      }),

    verify: async (scope: Scope, id: string): Promise<store.DomainRow> => check(scope, await get(scope, id)),

    setPrimary: (scope: Scope, id: string, isPrimary: boolean): Promise<store.DomainRow> =>
      transaction(scope, async (tx) => {
        await store.lockDomains(tx.db, tx.tenantId);
        const row = await get(tx, id);
        if (row.isPrimary === isPrimary) return row;
        if (isPrimary && row.status !== 'Active') throw fail('domain.not_active');
        await store.setPrimary(tx.db, tx.tenantId, isPrimary ? id : null);
        const [before, after] = [{ isPrimary: row.isPrimary }, { isPrimary }];
        await audit(tx, { key: 'Domain.Updated', target: target(id), before, after });
        return { ...row, isPrimary };
      }),

    /** The first request over TLS shows that there is a certificate. */
    activate: (scope: Scope, row: store.DomainRow) => move(scope, row, { status: 'Active' }),

    remove: (scope: Scope, id: string): Promise<void> =>
      transaction(scope, async (tx) => {
        const row = await store.deleteDomain(tx.db, tx.tenantId, id);
        if (!row) throw fail('entity.not_found');
        const { domain, status } = row;
        await audit(tx, { key: 'Domain.Deleted', target: target(id), before: { domain, status } });
        await announce(tx);
      }),

    setFiles: (scope: Scope, id: string, verificationFiles: VerificationFiles): Promise<void> =>
      transaction(scope, async (tx) => {
        const row = await get(tx, id);
        await store.updateFiles(tx.db, row, verificationFiles);
        const files = (of: VerificationFiles) => ({ verificationFiles: Object.keys(of) });
        const [before, after] = [files(row.verificationFiles), files(verificationFiles)];
        await audit(tx, { key: 'Domain.VerificationFiles.Updated', target: target(id), before, after });
        await announceChange(tx, OWNERS_TOPIC, '*');
      }),

    cleanUp: (scope: Scope, staleDays: number) =>
      transaction(scope, async (tx) => {
        const before = new Date(tx.now.getTime() - staleDays * 86_400_000);
        const skippedActiveCount = await store.countVerified(tx.db, tx.tenantId, before);
        const gone = await store.deleteStale(tx.db, tx.tenantId, before);
        for (const { id, domain, status } of gone) {
          await audit(tx, { key: 'Domain.Deleted', target: target(id), before: { domain, status } });
        }
        const deletedCount = gone.length;
        return { scannedCount: deletedCount + skippedActiveCount, deletedCount, skippedActiveCount, failedCount: 0 };
      }),
  };
}
