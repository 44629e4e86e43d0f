import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server';
import { audit } from '../../kernel/audit.ts';
import { type DatabasePool, violates } from '../../kernel/database.ts';
import { standardId } from '../../kernel/ids.ts';
import { type Scope, transaction } from '../../kernel/scope.ts';
import type { SecretBox } from '../../kernel/secrets.ts';
import type { TenantAddress } from '../../kernel/tenancy.ts';
import { areBackupCodes, indexOfCode, newBackupCodes, readBackupCode } from './backup-codes.ts';
import type { FactorType } from './factors.contract.ts';
import { fail } from './factors.errors.ts';
import { codePurpose, totpPurpose } from './factors.purposes.ts';
import * as store from './factors.store.ts';
import {
  type NewPasskey,
  passkeyAuthentication,
  passkeyRegistration,
  type RelyingParty,
  relyingPartyOf,
  userHandleOf,
  verifyNewPasskey,
  verifyPasskeyUse,
} from './passkeys.ts';
import { describeTotpSecret, isTotpSecret, newTotpSecret, totpStepOf } from './totp.ts';
import type { PasskeySignal } from './webauthn.contract.ts';

/** Whose factors they are, as far as this module wants to know. */
export interface FactorOwner {
  id: string;
  name: string | null;
  username: string | null;
  primaryEmail: string | null;
  primaryPhone: string | null;
}

export interface FactorsServiceDependencies {
  database: DatabasePool;
  secretBox: SecretBox;
  addressOf(tenantId: string): TenantAddress;
  /** Origins beside the endpoint's whose pages may use the tenant's passkeys. */
  relatedOrigins(tenantId: string): Promise<readonly string[]>;
}

/** All that a user has bound. */
export interface BoundFactors {
  totp: store.TotpRow | undefined;
  passkeys: store.PasskeyRow[];
  backupCodes: { id: string; createdAt: Date; lastUsedAt: Date | null; remaining: number } | undefined;
}

export type FactorsService = ReturnType<typeof createFactorsService>;

const target = (id: string) => ({ type: 'User' as const, id });
/** What an app or a key shows beside the tenant's name. */
const labelOf = (owner: FactorOwner) =>
  owner.username ?? owner.primaryEmail ?? owner.primaryPhone ?? owner.name ?? owner.id;

/** The second factors of users: bound, proved and removed. */
export function createFactorsService(deps: FactorsServiceDependencies) {
  const { secretBox } = deps;
  const everywhere = () => deps.database.forSystem('whether a passkey is known on this domain');

  const relyingParty = async (tenantId: string): Promise<RelyingParty> =>
    relyingPartyOf(deps.addressOf(tenantId).endpoint, await deps.relatedOrigins(tenantId));

  const bound = async (scope: Scope, userId: string): Promise<BoundFactors> => {
    const [totp, passkeys, codes] = await Promise.all([
      store.findTotp(scope.db, scope.tenantId, userId),
      store.findPasskeys(scope.db, scope.tenantId, userId),
      store.findBackupCodes(scope.db, scope.tenantId, userId),
    ]);
    return { totp, passkeys, backupCodes: summaryOf(codes) };
  };

  /** Changes a user's factors while nobody else does. */
  const change = <Result>(scope: Scope, userId: string, work: (tx: Scope) => Promise<Result>): Promise<Result> =>
    transaction(scope, async (tx) => {
      await store.lockFactors(tx.db, tx.tenantId, userId);
      return work(tx);
    });

  const log = (tx: Scope, key: 'Bound' | 'Renamed' | 'Removed', userId: string, factor: object) =>
    audit(tx, { key: `Factor.${key}`, target: target(userId), details: { factor } });

  const totp = {
    newSecret: newTotpSecret,

    /** A secret as its owner is shown it, before or when it is bound. */
    describe: (scope: Scope, owner: FactorOwner, secret: string) =>
      describeTotpSecret(secret, {
        issuer: new URL(deps.addressOf(scope.tenantId).endpoint).hostname,
        label: labelOf(owner),
      }),

    /** The time step of a code that proves somebody has the secret; `undefined` when it does not. */
    stepOf: (scope: Scope, secret: string, code: string) => totpStepOf(secret, code, scope.now),

    /** `step`: the one whose code proved the secret, which no code may use again. */
    bind: (scope: Scope, userId: string, input: { secret: string; step?: number | undefined }): Promise<void> => {
      if (!isTotpSecret(input.secret)) throw fail('user.totp_secret_invalid');
      return change(scope, userId, async (tx) => {
        if (await store.findTotp(tx.db, tx.tenantId, userId)) throw fail('user.totp_already_in_use');
        const id = standardId();
        await store.insertTotp(tx.db, {
          tenantId: tx.tenantId,
          userId,
          id,
          secretSealed: secretBox.seal(input.secret, totpPurpose(tx.tenantId, userId)),
          lastStep: input.step ?? null,
          createdAt: tx.now,
          lastUsedAt: null,
        });
        await log(tx, 'Bound', userId, { id, type: 'Totp' });
      });
    },

    /** Takes the app away for another one to come in its place; the backup codes stay. */
    unbind: (scope: Scope, userId: string): Promise<void> =>
      change(scope, userId, async (tx) => {
        const before = await store.findTotp(tx.db, tx.tenantId, userId);
        if (!before) throw fail('entity.not_found');
        await store.deleteTotp(tx.db, tx.tenantId, userId);
        await log(tx, 'Removed', userId, { id: before.id, type: 'Totp' });
      }),

    /** Proves a factor by a code that was not used before. */
    async verify(scope: Scope, userId: string, code: string): Promise<void> {
      const row = await store.findTotp(scope.db, scope.tenantId, userId);
      const secret = row && secretBox.open(row.secretSealed, totpPurpose(scope.tenantId, userId));
      const step = secret === undefined ? undefined : totpStepOf(secret, code, scope.now);
      const spent = row && step !== undefined && (await store.spendTotpStep(scope.db, row, step, scope.now));
      if (!spent) throw fail('session.mfa.invalid_totp_code');
    },
  };

  const backupCodes = {
    propose: newBackupCodes,

    /** Binds a set; one that is used up is replaced. Backup codes are for who has another factor to lose. */
    bind: (scope: Scope, userId: string, codes: readonly string[], hasOtherFactor = false): Promise<void> => {
      if (!areBackupCodes(codes)) throw fail('user.wrong_backup_code_format');
      return change(scope, userId, async (tx) => {
        const before = await bound(tx, userId);
        if (before.backupCodes && before.backupCodes.remaining > 0) throw fail('user.backup_code_already_in_use');
        if (!hasOtherFactor && !before.totp && before.passkeys.length === 0) {
          throw fail('session.mfa.backup_code_can_not_be_alone');
        }
        await store.deleteBackupCodes(tx.db, tx.tenantId, userId);
        const setId = standardId();
        const rows = codes.map((code, position) => ({
          tenantId: tx.tenantId,
          userId,
          position,
          setId,
          codeSealed: secretBox.seal(code, codePurpose(tx.tenantId, userId)),
          createdAt: tx.now,
          usedAt: null,
        }));
        await store.insertBackupCodes(tx.db, rows);
        await log(tx, 'Bound', userId, { id: setId, type: 'BackupCode' });
      });
    },

    /** The codes with the times of their use, for their owner alone. */
    async reveal(scope: Scope, userId: string): Promise<{ code: string; usedAt: Date | null }[]> {
      const rows = await store.findBackupCodes(scope.db, scope.tenantId, userId);
      const purpose = codePurpose(scope.tenantId, userId);
      return rows.map(({ codeSealed, usedAt }) => ({ code: secretBox.open(codeSealed, purpose), usedAt }));
    },

    /** Proves a factor by a code, which is spent. */
    async spend(scope: Scope, userId: string, typed: string): Promise<void> {
      const rows = await store.findBackupCodes(scope.db, scope.tenantId, userId);
      const purpose = codePurpose(scope.tenantId, userId);
      const codes = rows.map(({ codeSealed }) => secretBox.open(codeSealed, purpose));
      const row = rows[indexOfCode(codes, readBackupCode(typed))];
      const spent = row && (await store.spendBackupCode(scope.db, row, scope.now));
      if (!spent) throw fail('session.mfa.invalid_backup_code');
    },
  };

  const passkeys = {
    async registrationOptions(scope: Scope, owner: FactorOwner) {
      const existing = await store.findPasskeys(scope.db, scope.tenantId, owner.id);
      const label = labelOf(owner);
      const user = { id: owner.id, name: label, displayName: owner.name ?? label };
      return passkeyRegistration(await relyingParty(scope.tenantId), user, existing);
    },

    /** Checks a new key, which `bind` then gives to the account. */
    verifyNew: async (
      scope: Scope,
      input: { response: RegistrationResponseJSON; challenge: string },
    ): Promise<NewPasskey> =>
      verifyNewPasskey(await relyingParty(scope.tenantId), { ...input, agent: scope.userAgent }),

    bind: (scope: Scope, userId: string, passkey: NewPasskey): Promise<void> =>
      change(scope, userId, async (tx) => {
        const id = standardId();
        const { name, ...columns } = passkey;
        await uniquely(() =>
          store.insertPasskey(tx.db, {
            ...columns,
            tenantId: tx.tenantId,
            id,
            userId,
            userHandle: null,
            name: name ?? null,
            createdAt: tx.now,
            lastUsedAt: null,
          }),
        );
        await log(tx, 'Bound', userId, { id, type: 'WebAuthn', name: name ?? null });
      }),

    /** For the keys of a user, or without one for any key of this domain that the browser has. */
    async authenticationOptions(scope: Scope, userId?: string) {
      const allowed = userId === undefined ? [] : await store.findPasskeys(scope.db, scope.tenantId, userId);
      return passkeyAuthentication(await relyingParty(scope.tenantId), allowed);
    },

    /** Proves a key; answers whose it is. With `userId` it must be this user's. */
    async verify(
      scope: Scope,
      input: { response: AuthenticationResponseJSON; challenge: string; userId?: string | undefined },
    ): Promise<string> {
      const { response, userId } = input;
      const row = await store.findPasskeyByCredential(scope.db, scope.tenantId, response.id);
      const party = await relyingParty(scope.tenantId);
      if (!row || (userId !== undefined && row.userId !== userId)) {
        // The page tells the browser, which forgets the key (WebAuthn §5.1.10, signalUnknownCredential):
        // a key that somebody still signs in with must not be named.
        const isForgotten = !row && !(await store.isPasskeyOfAny(everywhere(), response.id));
        const data = isForgotten ? { rpId: party.id, credentialId: response.id } : undefined;
        throw fail('session.mfa.webauthn_verification_not_found', { data });
      }
      if (row.rpId !== party.id) throw fail('session.passkey_sign_in.conflict_rp_id', { data: { rpId: row.rpId } });
      const signCount = await verifyPasskeyUse(party, row, input);
      const counted = await store.recordPasskeyUse(scope.db, row, signCount, scope.now);
      if (!counted) throw fail('session.mfa.webauthn_verification_failed');
      return row.userId;
    },

    /** True when passkeys have come from another account: no page of that one can tell browsers of them any more. */
    cameByMerge: async (scope: Scope, userId: string): Promise<boolean> =>
      (await store.findPasskeyHandles(scope.db, scope.tenantId, userId)).length > 0,

    rename: (scope: Scope, userId: string, id: string, name: string): Promise<void> =>
      change(scope, userId, async (tx) => {
        if (!(await store.renamePasskey(tx.db, { tenantId: tx.tenantId, userId, id }, name))) {
          throw fail('entity.not_found');
        }
        await log(tx, 'Renamed', userId, { id, type: 'WebAuthn', name });
      }),

    /**
     * What browsers are told so that they offer no deleted key, and call the others by the account's present name.
     * Keys that came from an account that was merged into this one are kept under that one's handle, and called by its
     * name until the browser is told.
     */
    async signals(scope: Scope, owner: FactorOwner): Promise<PasskeySignal[]> {
      const [party, rows, handles] = await Promise.all([
        relyingParty(scope.tenantId),
        store.findPasskeys(scope.db, scope.tenantId, owner.id),
        store.findPasskeyHandles(scope.db, scope.tenantId, owner.id),
      ]);
      const name = labelOf(owner);
      return [owner.id, ...handles].map((handle) => ({
        rpId: party.id,
        userId: Buffer.from(userHandleOf(handle)).toString('base64url'),
        name,
        displayName: owner.name ?? name,
        allAcceptedCredentialIds: rows.map(({ credentialId }) => credentialId),
      }));
    },
  };

  const remove = (scope: Scope, userId: string, id: string): Promise<void> =>
    change(scope, userId, async (tx) => {
      const type = await removeOne(tx, userId, await bound(tx, userId), id);
      await log(tx, 'Removed', userId, { id, type });
    });

  /** Codes cannot be alone: they go with the last factor that they stand in for. */
  const removeOne = async (tx: Scope, userId: string, before: BoundFactors, id: string): Promise<FactorType> => {
    const { totp: app, passkeys: keys, backupCodes: codes } = before;
    const removesTotp = app?.id === id;
    const removesKey = keys.some((key) => key.id === id);
    const removesCodes = codes?.id === id;
    if (!removesTotp && !removesKey && !removesCodes) throw fail('entity.not_found');
    if (removesTotp) await store.deleteTotp(tx.db, tx.tenantId, userId);
    if (removesKey) await store.deletePasskeys(tx.db, tx.tenantId, [id]);
    const left = (app ? 1 : 0) + keys.length - 1;
    if (removesCodes || left === 0) await store.deleteBackupCodes(tx.db, tx.tenantId, userId);
    if (removesTotp) return 'Totp';
    return removesKey ? 'WebAuthn' : 'BackupCode';
  };

  return {
    bound,
    relyingParty,
    totp,
    backupCodes,
    passkeys,
    remove,

    /** Takes away all that a user has bound: what is lost must not be found by another. */
    removeAll: (scope: Scope, userId: string): Promise<void> =>
      change(scope, userId, async (tx) => {
        const before = await bound(tx, userId);
        await store.deleteTotp(tx.db, tx.tenantId, userId);
        const keys = before.passkeys.map(({ id }) => id);
        await store.deletePasskeys(tx.db, tx.tenantId, keys);
        await store.deleteBackupCodes(tx.db, tx.tenantId, userId);
        const ids = [before.totp?.id, before.backupCodes?.id, ...keys].filter((id) => id !== undefined);
        for (const id of ids) await log(tx, 'Removed', userId, { id });
      }),

    /** Seals anew what an earlier master key sealed; answers how many values. */
    async reseal(scope: Scope): Promise<number> {
      const again = (sealed: string, purpose: string) => secretBox.seal(secretBox.open(sealed, purpose), purpose);
      const apps = (await store.lockAllTotp(scope.db, scope.tenantId)).filter((row) =>
        secretBox.isStale(row.secretSealed),
      );
      for (const row of apps) {
        await store.updateTotpSecret(scope.db, row, again(row.secretSealed, totpPurpose(row.tenantId, row.userId)));
      }
      const codes = (await store.lockAllBackupCodes(scope.db, scope.tenantId)).filter((row) =>
        secretBox.isStale(row.codeSealed),
      );
      for (const row of codes) {
        await store.updateSealedCode(scope.db, row, again(row.codeSealed, codePurpose(row.tenantId, row.userId)));
      }
      return apps.length + codes.length;
    },
  };
}

function summaryOf(rows: readonly store.BackupCodeRow[]): BoundFactors['backupCodes'] {
  const [first] = rows;
  if (!first) return undefined;
  const uses = rows.flatMap(({ usedAt }) => (usedAt ? [usedAt.getTime()] : []));
  return {
    id: first.setId,
    createdAt: first.createdAt,
    lastUsedAt: uses.length > 0 ? new Date(Math.max(...uses)) : null,
    remaining: rows.length - uses.length,
  };
}

async function uniquely(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (violates(error, 'passkeys_credential_key')) throw fail('user.passkey_already_in_use', { cause: error });
    throw error;
  }
}
