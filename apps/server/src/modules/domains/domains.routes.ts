import type { Routes } from '../../kernel/operations.ts';
import { proofRecordName, proofRecordValue } from './domain-names.ts';
import type { VerificationFiles } from './domains.contract.ts';
import * as contract from './domains.contract.ts';
import { type DomainsService, GRACE_MS } from './domains.service.ts';
import type { DomainRow } from './domains.store.ts';

/** What to enter at the domain's DNS; `host` is where the records of all domains lead. */
export const dnsRecords = (row: Pick<DomainRow, 'domain' | 'proof'>, host: string) => [
  { name: proofRecordName(row.domain), type: 'TXT' as const, value: proofRecordValue(row.proof) },
  { name: row.domain, type: 'CNAME' as const, value: host },
];

export function domainsRoutes(service: DomainsService, host: string): Routes {
  const toWire = (row: DomainRow) => ({
    ...row,
    createdAt: row.createdAt.getTime(),
    checkedAt: row.checkedAt?.getTime() ?? null,
    verifiedAt: row.verifiedAt?.getTime() ?? null,
    failingSince: row.failingSince?.getTime() ?? null,
    servesUntil: row.failingSince && row.verifiedAt ? row.failingSince.getTime() + GRACE_MS : null,
    dnsRecords: dnsRecords(row, host),
  });

  return (route) => {
    route(contract.listDomains, async ({ scope }) => (await service.list(scope)).map(toWire));
    route(contract.createDomain, async ({ scope, body }) => toWire(await service.create(scope, body.domain)));
    route(contract.cleanUpDomains, ({ scope, body }) => service.cleanUp(scope, body.staleDays));
    route(contract.getDomain, async ({ scope, params }) => toWire(await service.get(scope, params.id)));
    route(contract.updateDomain, async ({ scope, params, body }) =>
      toWire(await service.setPrimary(scope, params.id, body.isPrimary)),
    );
    route(contract.verifyDomain, async ({ scope, params }) => toWire(await service.verify(scope, params.id)));
    route(contract.deleteDomain, ({ scope, params }) => service.remove(scope, params.id));
    route(
      contract.getVerificationFiles,
      async ({ scope, params }) => (await service.get(scope, params.id)).verificationFiles,
    );
    route(contract.setVerificationFiles, async ({ scope, params, body }) => {
      const files: VerificationFiles = {};
      for (const [path, file] of Object.entries(body.verificationFiles)) {
        files[path] = typeof file === 'string' ? { contentType: 'text/plain', content: file } : file;
      }
      await service.setFiles(scope, params.id, files);
      return files;
    });
  };
}
