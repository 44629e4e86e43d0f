import { randomBytes } from 'node:crypto';
import { audit } from '../../kernel/audit.ts';
import { announceChange } from '../../kernel/cache.ts';
import { violates } from '../../kernel/database.ts';
import { DAY_MS, HOUR_MS } from '../../kernel/durations.ts';
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
  /** The same of the hosts of a protected application, which sign-ins return to. */
  announceClient(tx: Scope, applicationId: string): Promise<void>;
}

/** The caches' topic of which domain is whose. */
export const OWNERS_TOPIC = 'domain-owners';
/** A verified domain whose record is gone stays for this long: DNS providers are changed by hand. */
export const GRACE_MS = 72 * HOUR_MS;
const IN_USE = 'The domain belongs to another tenant.';
const LOST = 'The TXT record has been gone for three days.';

const target = (id: string) => ({ type: 'Domain' as const, id });

/** What the trail keeps of a domain: its state whole, and of verification files that they are there. */
const auditView = (row: store.DomainRow) => {
  const { domain, status, errorMessage, isPrimary, verifiedAt, failingSince, applicationId, verificationFiles } = row;
  const known = { domain, status, errorMessage, isPrimary, verifiedAt, failingSince, applicationId };
  return { ...known, verificationFiles: Object.keys(verificationFiles) };
};

const newRow = (tx: Scope, domain: string, applicationId: string | null): store.DomainRow => ({
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
  applicationId,
  isGiven: false,
});

export type DomainsService = ReturnType<typeof createDomainsService>;

/** Domains of a tenant: claimed by anybody, proven by one. */
export function createDomainsService(deps: DomainsDependencies) {
  const find = async (scope: Scope, id: string): Promise<store.DomainRow> => {
    const row = await store.findDomain(scope.db, scope.tenantId, id);
    if (!row) throw fail('entity.not_found');
    return row;
  };

  /** An address of the tenant; the hosts of protected applications are theirs to show. */
  const get = async (scope: Scope, id: string): Promise<store.DomainRow> => {
    const row = await find(scope, id);
    if (row.applicationId !== null) throw fail('entity.not_found');
    return row;
  };

  /** Every process forgets whose the names are, and which issuers the tenant, or addresses the application, has. */
  const announce = async (tx: Scope, { applicationId }: Pick<store.DomainRow, 'applicationId'>): Promise<void> => {
    await announceChange(tx, OWNERS_TOPIC, '*');
    await (applicationId === null ? deps.announceIssuers(tx) : deps.announceClient(tx, applicationId));
  };

  const remove = async (tx: Scope, id: string): Promise<void> => {
    const row = await store.deleteDomain(tx.db, tx.tenantId, id);
    if (!row) throw fail('entity.not_found');
    await audit(tx, { key: 'Domain.Deleted', target: target(row.id), before: auditView(row) });
    await announce(tx, row);
  };

  const insert = async (tx: Scope, domain: string, applicationId: string | null): Promise<store.DomainRow> => {
    const row = newRow(tx, domain, applicationId);
    if (!(await store.insertDomain(tx.db, row))) throw fail('domain.hostname_already_exists');
    await audit(tx, { key: 'Domain.Created', target: target(row.id), after: auditView(row) });
    return row;
  };

  /** Its form in ASCII, if somebody else than the install may have it. */
  const allowed = (wanted: string): string => {
    const domain = parseDomain(wanted);
    if (!domain || deps.isOwnHost(domain)) throw fail('domain.domain_is_not_allowed');
    return domain;
  };

  /** Changes the state, if it is still the one that was read, and tells who needs to know. */
  const move = (scope: Scope, row: store.DomainRow, change: store.DomainChange): Promise<store.DomainRow> =>
    transaction(scope, async (tx) => {
      const moved = await store.updateDomain(tx.db, row, change);
      if (!moved) return find(tx, row.id);
      const isOther = moved.status !== row.status;
      if (isOther || (moved.failingSince === null) !== (row.failingSince === null)) {
        const key = 'Domain.Status.Updated';
        await audit(tx, { key, target: target(row.id), before: auditView(row), after: auditView(moved) });
        if (isOther) await announce(tx, row);
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
      if (!violates(error, 'domains_owner_key')) throw error;
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
      transaction(scope, (tx) => insert(tx, allowed(wanted), null)),

    /** Hosts of protected applications. */
    hosts: {
      list: (scope: Scope, applicationId: string) => store.listHosts(scope.db, scope.tenantId, applicationId),

      /** A name of the tenant's own; it serves once it is proven. */
      claim: (tx: Scope, applicationId: string, wanted: string) => insert(tx, allowed(wanted), applicationId),

      /** A name below the install's own, which serves at once; false when somebody has it. */
      async give(tx: Scope, applicationId: string, domain: string): Promise<boolean> {
        const given = { status: 'Active', checkedAt: tx.now, verifiedAt: tx.now, isGiven: true } as const;
        const row = { ...newRow(tx, domain, applicationId), ...given };
        if (!(await store.insertDomain(tx.db, row))) return false;
        await announce(tx, row);
        return true;
      },

      remove: (tx: Scope, row: store.DomainRow): Promise<void> => remove(tx, row.id),

      /** Their rows go with the application, and every process must hear of it. */
      forget: (tx: Scope, applicationId: string): Promise<void> => announce(tx, { applicationId }),
    },

    verify: async (scope: Scope, id: string): Promise<store.DomainRow> => check(scope, await get(scope, id)),

    setPrimary: (scope: Scope, id: string, isPrimary: boolean): Promise<store.DomainRow> =>
      transaction(scope, async (tx) => {
        await store.lockDomains(tx.db, tx.tenantId);
        const row = await get(tx, id);
        if (row.isPrimary === isPrimary) return row;
        if (isPrimary && row.status !== 'Active') throw fail('domain.not_active');
        await store.setPrimary(tx.db, tx.tenantId, isPrimary ? id : null);
        const after = { ...row, isPrimary };
        await audit(tx, {
          key: 'Domain.Updated',
          target: target(id),
          before: auditView(row),
          after: auditView(after),
        });
        return after;
      }),

    /** The first request over TLS shows that there is a certificate. */
    activate: (scope: Scope, row: store.DomainRow) => move(scope, row, { status: 'Active' }),

    remove: (scope: Scope, id: string): Promise<void> =>
      transaction(scope, async (tx) => remove(tx, (await get(tx, id)).id)),

    setFiles: (scope: Scope, id: string, verificationFiles: VerificationFiles): Promise<void> =>
      transaction(scope, async (tx) => {
        const row = await get(tx, id);
        await store.updateFiles(tx.db, row, verificationFiles);
        await audit(tx, {
          key: 'Domain.Updated',
          target: target(id),
          before: auditView(row),
          after: auditView({ ...row, verificationFiles }),
        });
        await announceChange(tx, OWNERS_TOPIC, '*');
      }),

    cleanUp: (scope: Scope, staleDays: number) =>
      transaction(scope, async (tx) => {
        const before = new Date(tx.now.getTime() - staleDays * DAY_MS);
        const skippedActiveCount = await store.countVerified(tx.db, tx.tenantId, before);
        const gone = await store.deleteStale(tx.db, tx.tenantId, before);
        for (const row of gone) {
          await audit(tx, { key: 'Domain.Deleted', target: target(row.id), before: auditView(row) });
        }
        const deletedCount = gone.length;
        return { scannedCount: deletedCount + skippedActiveCount, deletedCount, skippedActiveCount, failedCount: 0 };
      }),
  };
}
