import type { Scope } from '../../kernel/scope.ts';
import type { SecretBox } from '../../kernel/secrets.ts';
import { codePurpose, totpPurpose } from './factors.purposes.ts';
import * as store from './factors.store.ts';

/** What became of a user's factors who is merged into another one. */
interface MovedFactors {
  what: 'authenticatorApp' | 'passkeys' | 'backupCodes';
  moved: string[];
  left: string[];
}

/**
 * Gives one user's factors to another one, in the transaction in progress: every passkey, and the app and the codes to
 * who has none. Secrets are sealed for their user, so they are sealed anew.
 */
export async function mergeFactors(
  tx: Scope,
  secretBox: SecretBox,
  { sourceId, targetId }: { sourceId: string; targetId: string },
): Promise<MovedFactors[]> {
  const { db, tenantId } = tx;
  for (const id of [sourceId, targetId].sort()) await store.lockFactors(db, tenantId, id);
  const again = (sealed: string, purposeOf: typeof totpPurpose) =>
    secretBox.seal(secretBox.open(sealed, purposeOf(tenantId, sourceId)), purposeOf(tenantId, targetId));

  const app = await store.findTotp(db, tenantId, sourceId);
  const takesApp = app && !(await store.findTotp(db, tenantId, targetId));
  if (takesApp) {
    await store.deleteTotp(db, tenantId, sourceId);
    await store.insertTotp(db, { ...app, userId: targetId, secretSealed: again(app.secretSealed, totpPurpose) });
  }
  const codes = await store.findBackupCodes(db, tenantId, sourceId);
  const setIds = [...new Set(codes.map(({ setId }) => setId))];
  const takesCodes = codes.length > 0 && (await store.findBackupCodes(db, tenantId, targetId)).length === 0;
  if (takesCodes) {
    await store.deleteBackupCodes(db, tenantId, sourceId);
    await store.insertBackupCodes(
      db,
      codes.map((row) => ({ ...row, userId: targetId, codeSealed: again(row.codeSealed, codePurpose) })),
    );
  }
  const passkeys = await store.movePasskeys(db, tenantId, { sourceId, targetId });
  const appIds = app ? [app.id] : [];
  return [
    { what: 'authenticatorApp', moved: takesApp ? appIds : [], left: takesApp ? [] : appIds },
    { what: 'backupCodes', moved: takesCodes ? setIds : [], left: takesCodes ? [] : setIds },
    { what: 'passkeys', moved: passkeys, left: [] },
  ];
}
