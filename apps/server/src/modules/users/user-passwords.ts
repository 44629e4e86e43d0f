import { audit } from '../../kernel/audit.ts';
import type { PasswordHasher } from '../../kernel/password.ts';
import { type Scope, transaction } from '../../kernel/scope.ts';
import { importedCheck } from './imported-passwords.ts';
import type { PasswordAlgorithm } from './users.contract.ts';
import { fail } from './users.errors.ts';
import * as store from './users.store.ts';

/** Algorithm of the digests that we make. */
export const OWN_ALGORITHM: PasswordAlgorithm = 'Argon2id';

type PasswordColumns = Pick<store.UserColumns, 'passwordDigest' | 'passwordAlgorithm' | 'passwordUpdatedAt'>;

/** A new user's password: chosen, brought over as a digest, or none. */
export interface PasswordInput {
  password?: string | undefined;
  passwordDigest?: string | undefined;
  passwordAlgorithm?: PasswordAlgorithm | undefined;
}

export type Passwords = ReturnType<typeof createPasswords>;

/** The users' passwords: hashing, checking, and taking over those of other systems. */
export function createPasswords({ hasher }: { hasher: PasswordHasher }) {
  const check = (algorithm: PasswordAlgorithm | null, digest: string, password: string): Promise<boolean> => {
    switch (algorithm) {
      case null:
      case 'Argon2id':
      case 'Argon2i':
      case 'Argon2d':
        return hasher.verify(digest, password);
      default:
        return importedCheck(algorithm, digest)(password);
    }
  };

  /** Replaces a digest that another system made, now that its password is known. */
  const rehash = async (scope: Scope, user: store.UserRow, digest: string, password: string): Promise<void> => {
    const next = { passwordDigest: await hasher.hash(password), passwordAlgorithm: OWN_ALGORITHM };
    await transaction(scope, async (tx) => {
      await store.replaceDigest(tx.db, { tenantId: tx.tenantId, id: user.id, passwordDigest: digest }, next);
      await audit(tx, {
        key: 'User.Password.Rehashed',
        target: { type: 'User', id: user.id },
        details: { from: user.passwordAlgorithm, to: OWN_ALGORITHM },
      });
    });
  };

  return {
    /** The columns of a new user's password. */
    async columnsOf(input: PasswordInput, now: Date): Promise<PasswordColumns> {
      const { password, passwordDigest, passwordAlgorithm } = input;
      if (password !== undefined && passwordDigest !== undefined) throw fail('user.password_and_digest');
      if (passwordDigest !== undefined) {
        if (!passwordAlgorithm) throw fail('user.password_algorithm_required');
        // What could never be checked is refused now, not when its owner wants to sign in.
        if (!passwordAlgorithm.startsWith('Argon2')) importedCheck(passwordAlgorithm as 'Legacy', passwordDigest);
        return { passwordDigest, passwordAlgorithm, passwordUpdatedAt: now };
      }
      if (password === undefined) return { passwordDigest: null, passwordAlgorithm: null, passwordUpdatedAt: null };
      return {
        passwordDigest: await hasher.hash(password),
        passwordAlgorithm: OWN_ALGORITHM,
        passwordUpdatedAt: now,
      };
    },

    /** Checks a user's password; nobody and somebody without a password take as long as a wrong one. */
    async matches(scope: Scope, user: store.UserRow | undefined, password: string): Promise<boolean> {
      if (!user?.passwordDigest) return hasher.verifyNothing(password);
      const { passwordDigest, passwordAlgorithm } = user;
      if (!(await check(passwordAlgorithm, passwordDigest, password))) return false;
      if (passwordAlgorithm !== OWN_ALGORITHM) await rehash(scope, user, passwordDigest, password);
      return true;
    },
  };
}
