import { auditLogs, auditRow } from '../../kernel/audit.ts';
import { bulkInsert } from '../../kernel/bulk-insert.ts';
import { RequestError } from '../../kernel/errors.ts';
import type { Scope } from '../../kernel/scope.ts';
import * as store from './bulk-users.store.ts';
import type { Passwords } from './user-passwords.ts';
import { fail } from './users.errors.ts';
import { type NewUser, newRow, type UsersDependencies } from './users.service.ts';
import type { Identities, UserColumns } from './users.store.ts';

/** A user who comes from elsewhere, with what no new user has. */
export interface ImportedUser extends Omit<NewUser, 'identity' | 'password' | 'applicationId'> {
  id?: string | undefined;
  isSuspended?: boolean | undefined;
  createdAt?: Date | undefined;
  identities?: Identities | undefined;
}

/** What became of an imported user: created with this id, or refused. */
export type ImportOutcome = { id: string; verifiedEmail: string | undefined } | { refusal: RequestError };

interface Candidate {
  user: ImportedUser;
  row: UserColumns;
}

/** Creates many users with a handful of statements, in the transaction in progress. */
export function createBulkUsers(deps: Pick<UsersDependencies, 'usernamesAreCaseSensitive'> & { passwords: Passwords }) {
  const prepare = async (tx: Scope, user: ImportedUser): Promise<Candidate | { refusal: RequestError }> => {
    try {
      if (user.passwordAlgorithm && user.passwordDigest === undefined) {
        throw fail('guard.invalid_input', { details: 'passwordDigest: is needed with passwordAlgorithm' });
      }
      const row = newRow(tx, user, await deps.passwords.columnsOf(user, tx.now));
      return {
        user,
        row: {
          ...row,
          id: user.id ?? row.id,
          isSuspended: user.isSuspended ?? false,
          createdAt: user.createdAt ?? row.createdAt,
        },
      };
    } catch (error) {
      if (error instanceof RequestError) return { refusal: error };
      throw error;
    }
  };

  /** Why a row cannot be inserted, as far as it can be seen before. */
  const obstacles = async (tx: Scope, candidates: Candidate[]) => {
    const usernames = candidates.flatMap(({ row }) => row.username ?? []);
    const takenNames = (await deps.usernamesAreCaseSensitive(tx))
      ? new Set<string>()
      : await store.claimUsernames(tx.db, tx.tenantId, usernames);
    const takenIdentities = await store.findTakenIdentities(
      tx.db,
      tx.tenantId,
      candidates.flatMap(({ user }) => identitiesOf(user)),
    );
    return ({ user, row }: Candidate): RequestError | undefined => {
      if (row.username && takenNames.has(row.username.toLowerCase())) return fail('user.username_already_in_use');
      const isTaken = identitiesOf(user).some((identity) => takenIdentities.has(store.identityKey(identity)));
      return isTaken ? fail('user.identity_already_in_use') : undefined;
    };
  };

  /**
   * Creates those of `imported` who can be, each with an entry of the trail; answers one outcome for each, in order.
   * None of them may share an identifier or an account with another one.
   */
  return async (tx: Scope, imported: ImportedUser[], details: Record<string, unknown>): Promise<ImportOutcome[]> => {
    const prepared = await Promise.all(imported.map((user) => prepare(tx, user)));
    const candidates = prepared.filter((one) => 'row' in one);
    const obstacleOf = await obstacles(tx, candidates);
    const refused = new Map(
      candidates.flatMap((one) => {
        const refusal = obstacleOf(one);
        return refusal ? [[one, refusal] as const] : [];
      }),
    );
    const free = candidates.filter((one) => !refused.has(one));
    const inserted = await store.insertFreeUsers(
      tx.db,
      free.map(({ row }) => row),
    );
    const late = free.filter(({ row }) => !inserted.has(row.id));
    if (late.length > 0) {
      const taken = await store.findTaken(
        tx.db,
        tx.tenantId,
        late.map(({ row }) => row),
      );
      for (const one of late) refused.set(one, refusalOf(one.row, taken));
    }
    const created = free.filter((one) => !refused.has(one));
    await store.insertIdentities(
      tx.db,
      created.flatMap(({ user, row }) =>
        identitiesOf(user).map((identity) => ({
          ...identity,
          tenantId: tx.tenantId,
          userId: row.id,
          createdAt: tx.now,
        })),
      ),
    );
    if (created.length > 0) {
      const trail = created.map(({ row, user: { identities = {} } }) =>
        auditRow(tx, {
          key: 'User.Created',
          target: { type: 'User', id: row.id },
          after: { ...row, identities },
          details,
        }),
      );
      await tx.db.execute(bulkInsert(auditLogs, trail));
    }
    return prepared.map((one): ImportOutcome => {
      if ('refusal' in one) return one;
      const refusal = refused.get(one);
      if (refusal) return { refusal };
      const { id, emailVerifiedAt, primaryEmail } = one.row;
      return { id, verifiedEmail: emailVerifiedAt ? (primaryEmail ?? undefined) : undefined };
    });
  };
}

const identitiesOf = ({ identities = {} }: ImportedUser) =>
  Object.entries(identities).map(([target, { userId, details = null }]) => ({ target, identityId: userId, details }));

function refusalOf(row: UserColumns, taken: Awaited<ReturnType<typeof store.findTaken>>): RequestError {
  if (taken.ids.has(row.id)) return fail('user.id_already_in_use');
  if (row.username && taken.usernames.has(row.username)) return fail('user.username_already_in_use');
  if (row.primaryEmail && taken.emails.has(row.primaryEmail.toLowerCase())) return fail('user.email_already_in_use');
  return fail('user.phone_already_in_use');
}
