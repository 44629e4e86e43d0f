import { audit } from '../../kernel/audit.ts';
import { violates } from '../../kernel/database.ts';
import { secretValue } from '../../kernel/ids.ts';
import { type Scope, transaction } from '../../kernel/scope.ts';
import { hashSecret } from '../../kernel/secrets.ts';
import type { NewPersonalAccessToken } from './subject-tokens.contract.ts';
import { fail } from './subject-tokens.errors.ts';
import * as store from './subject-tokens.store.ts';

/** How long a subject token can be exchanged, in seconds (features 1.3). */
const SUBJECT_TOKEN_TTL = 600;
const HINT_LENGTH = 4;

const SUBJECT_TOKEN_PREFIX = 'sub_';
export const PERSONAL_ACCESS_TOKEN_PREFIX = 'pat_';

export interface SubjectTokensDependencies {
  userExists(scope: Scope, userId: string): Promise<boolean>;
}

export type SubjectTokensService = ReturnType<typeof createSubjectTokensService>;

const target = (userId: string) => ({ type: 'User' as const, id: userId });

/** Tokens that stand for a user at the token endpoint. */
export function createSubjectTokensService(deps: SubjectTokensDependencies) {
  const checkUser = async (scope: Scope, userId: string): Promise<void> => {
    if (!(await deps.userExists(scope, userId))) throw fail('entity.not_found');
  };

  return {
    async createSubjectToken(scope: Scope, userId: string, context: Record<string, unknown>) {
      const value = SUBJECT_TOKEN_PREFIX + secretValue();
      await transaction(scope, async (tx) => {
        await checkUser(tx, userId);
        await store.insertSubjectToken(tx.db, {
          tenantId: tx.tenantId,
          id: hashSecret(value),
          userId,
          context,
          createdAt: tx.now,
          expiresAt: new Date(tx.now.getTime() + SUBJECT_TOKEN_TTL * 1000),
          consumedAt: null,
        });
        await audit(tx, { key: 'SubjectToken.Created', target: target(userId), details: { context } });
      });
      return { value, expiresIn: SUBJECT_TOKEN_TTL };
    },

    /** Whom an impersonation token stands for; undefined for one that is unknown, spent or too old. */
    findSubject: (scope: Scope, value: string) =>
      store.findExchangeable(scope.db, scope.tenantId, hashSecret(value), scope.now),

    spendSubject: (scope: Scope, value: string) =>
      store.consumeSubjectToken(scope.db, scope.tenantId, hashSecret(value), scope.now),

    // Personal access tokens

    async list(scope: Scope, userId: string): Promise<store.PersonalAccessTokenRow[]> {
      await checkUser(scope, userId);
      return store.listPersonalAccessTokens(scope.db, scope.tenantId, userId);
    },

    /** Answers the row and the value, which nobody can read again. */
    create: (scope: Scope, userId: string, input: NewPersonalAccessToken) =>
      transaction(scope, async (tx) => {
        await checkUser(tx, userId);
        const expiresAt = input.expiresAt ? new Date(input.expiresAt) : null;
        if (expiresAt && expiresAt <= tx.now) {
          throw fail('request.invalid_input', { details: 'expiresAt: must be in the future' });
        }
        const value = PERSONAL_ACCESS_TOKEN_PREFIX + secretValue();
        const row = {
          tenantId: tx.tenantId,
          userId,
          name: input.name,
          valueHash: hashSecret(value),
          hint: value.slice(-HINT_LENGTH),
          createdAt: tx.now,
          expiresAt,
        };
        await uniquely(input.name, () => store.insertPersonalAccessToken(tx.db, row));
        await audit(tx, {
          key: 'PersonalAccessToken.Created',
          target: target(userId),
          after: { name: row.name, expiresAt },
        });
        return { row, value };
      }),

    rename: (scope: Scope, userId: string, name: string, to: string) =>
      transaction(scope, async (tx) => {
        await checkUser(tx, userId);
        const row = await uniquely(to, () => store.renamePersonalAccessToken(tx.db, tx.tenantId, userId, name, to));
        if (!row) throw fail('entity.not_found');
        await audit(tx, {
          key: 'PersonalAccessToken.Updated',
          target: target(userId),
          before: { name },
          after: { name: to },
        });
        return row;
      }),

    remove: (scope: Scope, userId: string, name: string) =>
      transaction(scope, async (tx) => {
        if (!(await store.deletePersonalAccessToken(tx.db, tx.tenantId, userId, name))) throw fail('entity.not_found');
        await audit(tx, { key: 'PersonalAccessToken.Deleted', target: target(userId), before: { name } });
      }),

    /** Whose token this is; undefined for one that is unknown or too old. */
    async findOwner(scope: Scope, value: string): Promise<string | undefined> {
      const row = await store.findPersonalAccessTokenByHash(scope.db, scope.tenantId, hashSecret(value));
      if (!row || (row.expiresAt && row.expiresAt <= scope.now)) return undefined;
      return row.userId;
    },
  };
}

/** Runs a change whose name the primary key keeps apart from the user's others. */
async function uniquely<Result>(name: string, change: () => Promise<Result>): Promise<Result> {
  try {
    return await change();
  } catch (error) {
    if (violates(error, 'personal_access_tokens_pkey')) {
      throw fail('user.personal_access_token_name_exists', { data: { name }, cause: error });
    }
    throw error;
  }
}
