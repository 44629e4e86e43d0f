import { transaction } from '../../../kernel/scope.ts';
import {
  bindMyFactor,
  deleteMyFactor,
  generateMyBackupCodes,
  listMyFactors,
  revealMyBackupCodes,
} from '../../account/account.contract.ts';
import { accountPaths } from '../account-center.paths.ts';
import type { AccountRoutes, Next } from '../routes.ts';
import type { Visit } from '../visits.ts';

const findCodes = async (visit: Visit) =>
  (await visit.call(listMyFactors, {})).find(({ type }) => type === 'BackupCode');

/** A new set in the place of the one there is: both, or neither. */
async function generate(visit: Visit): Promise<Next> {
  const before = await findCodes(visit);
  const { codes } = await visit.call(generateMyBackupCodes, {});
  await transaction(visit.scope, async (tx) => {
    if (before) await visit.call(deleteMyFactor, { params: { verificationId: before.id } }, tx);
    await visit.call(bindMyFactor, { body: { type: 'BackupCode', codes } }, tx);
  });
  return { to: accountPaths.backupCodes, done: 'backup-codes' };
}

/** Backup codes: for the day when everything else is lost. */
export function mountBackupCodes(routes: AccountRoutes): void {
  routes.page(accountPaths.backupCodes, 'security', async (visit) => {
    await visit.requireProof();
    const codes = (await findCodes(visit)) ? (await visit.call(revealMyBackupCodes, {})).codes : [];
    return {
      page: 'account-backup-codes',
      codes: codes.map(({ code, usedAt }) => ({ code, isUsed: usedAt !== null })),
      editable: visit.may('mfa', 'edit') || visit.may('passkey', 'edit'),
    };
  });

  for (const [path, what] of [
    [accountPaths.backupCodesGenerate, 'backup-codes-generate'],
    [accountPaths.backupCodesRegenerate, 'backup-codes-regenerate'],
  ] as const) {
    routes.confirm({
      path,
      section: 'security',
      what,
      cancel: accountPaths.security,
      describe: async () => ({}),
      act: generate,
    });
  }
}
