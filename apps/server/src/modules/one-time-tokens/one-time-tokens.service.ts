import { audit } from '../../kernel/audit.ts';
import { secretValue, standardId } from '../../kernel/ids.ts';
import type { Page } from '../../kernel/operations.ts';
import { type Scope, transaction } from '../../kernel/scope.ts';
import { hashSecret, type SecretBox } from '../../kernel/secrets.ts';
import type { OneTimeTokenContext, OneTimeTokenStatus } from './one-time-tokens.contract.ts';
import { fail } from './one-time-tokens.errors.ts';
import * as store from './one-time-tokens.store.ts';

/** A token as its administrator sees it. */
export interface OneTimeToken {
  tenantId: string;
  id: string;
  email: string;
  token: string;
  context: OneTimeTokenContext;
  status: OneTimeTokenStatus;
  createdAt: Date;
  expiresAt: Date;
}

type Event = NonNullable<OneTimeTokenContext['interactionEvent']>;

/**
 * What a token is to be used for. `event` has to be what it was made for;
 * a token without a purpose signs in and up, and resets no password.
 */
interface TokenUse {
  email: string;
  token: string;
  event?: Event;
}

export type OneTimeTokensService = ReturnType<typeof createOneTimeTokensService>;

const target = (id: string) => ({ type: 'OneTimeToken' as const, id });
const auditView = ({ email, context, status, expiresAt }: store.OneTimeTokenRow) => ({
  email,
  context,
  status,
  expiresAt,
});
const purposeOf = (tenantId: string, id: string): string => `one-time-token:${tenantId}:${id}`;

function statusOf(row: store.OneTimeTokenRow, now: Date): OneTimeTokenStatus {
  return row.status === 'active' && row.expiresAt <= now ? 'expired' : row.status;
}

/** Why a token that is not active opens nothing. */
const refusalOf = (status: Exclude<OneTimeTokenStatus, 'active'>) => fail(`one_time_token.token_${status}`);

/** Tokens of links that open the account of an address once. */
export function createOneTimeTokensService({ secretBox }: { secretBox: SecretBox }) {
  const toToken = (row: store.OneTimeTokenRow, now: Date): OneTimeToken => {
    const { tokenSealed, tokenHash: _, ...rest } = row;
    const token = secretBox.open(tokenSealed, purposeOf(row.tenantId, row.id));
    return { ...rest, token, status: statusOf(row, now) };
  };

  const getRow = async (scope: Scope, id: string): Promise<store.OneTimeTokenRow> => {
    const row = await store.findToken(scope.db, scope.tenantId, id);
    if (!row) throw fail('entity.not_found');
    return row;
  };

  const getUsable = async (scope: Scope, { email, token, event }: TokenUse): Promise<store.OneTimeTokenRow> => {
    const row = await store.findTokenByHash(scope.db, scope.tenantId, hashSecret(token));
    if (!row) throw fail('one_time_token.token_not_found');
    if (row.email.toLowerCase() !== email.toLowerCase()) throw fail('one_time_token.email_mismatch');
    const isForRecovery = row.context.interactionEvent === 'ForgotPassword';
    if (event && isForRecovery !== (event === 'ForgotPassword')) {
      throw fail('one_time_token.interaction_event_mismatch');
    }
    const status = statusOf(row, scope.now);
    if (status !== 'active') throw refusalOf(status);
    return row;
  };

  /** Ends an active token in one statement, so that it ends one way and once. */
  const end = (scope: Scope, row: store.OneTimeTokenRow, status: Exclude<OneTimeTokenStatus, 'active'>) =>
    transaction(scope, async (tx) => {
      if (!(await store.endToken(tx.db, tx.tenantId, row.id, status, tx.now))) {
        const now = statusOf(await getRow(tx, row.id), tx.now);
        throw refusalOf(now === 'active' ? 'consumed' : now);
      }
      await audit(tx, {
        key: 'OneTimeToken.Status.Updated',
        target: target(row.id),
        before: auditView(row),
        after: { ...auditView(row), status },
      });
      return toToken({ ...row, status }, tx.now);
    });

  return {
    get: async (scope: Scope, id: string): Promise<OneTimeToken> => toToken(await getRow(scope, id), scope.now),

    async list(scope: Scope, filter: store.OneTimeTokenFilter, page: Page) {
      const { rows, total } = await store.listTokens(scope.db, scope.tenantId, filter, scope.now, page);
      return { rows: rows.map((row) => toToken(row, scope.now)), total };
    },

    create: (
      scope: Scope,
      input: { email: string; context?: OneTimeTokenContext | undefined; expiresIn: number },
    ): Promise<OneTimeToken> =>
      transaction(scope, async (tx) => {
        const id = standardId();
        const token = secretValue();
        const row: store.OneTimeTokenRow = {
          tenantId: tx.tenantId,
          id,
          email: input.email,
          tokenSealed: secretBox.seal(token, purposeOf(tx.tenantId, id)),
          tokenHash: hashSecret(token),
          context: input.context ?? {},
          status: 'active',
          createdAt: tx.now,
          expiresAt: new Date(tx.now.getTime() + input.expiresIn * 1000),
        };
        await store.insertToken(tx.db, row);
        await audit(tx, { key: 'OneTimeToken.Created', target: target(id), after: auditView(row) });
        return toToken(row, tx.now);
      }),

    /** Says why a token would open nothing, and spends it not. */
    async check(scope: Scope, use: TokenUse): Promise<void> {
      await getUsable(scope, use);
    },

    /** Spends a token. */
    verify: async (scope: Scope, use: TokenUse): Promise<OneTimeToken> =>
      end(scope, await getUsable(scope, use), 'consumed'),

    async setStatus(scope: Scope, id: string, status: OneTimeTokenStatus): Promise<OneTimeToken> {
      const row = await getRow(scope, id);
      const before = statusOf(row, scope.now);
      if (before === status) return toToken(row, scope.now);
      if (status === 'active') throw fail('one_time_token.cannot_reactivate_token');
      if (before !== 'active') throw refusalOf(before);
      return end(scope, row, status);
    },

    remove: (scope: Scope, id: string): Promise<void> =>
      transaction(scope, async (tx) => {
        const row = await getRow(tx, id);
        if (!(await store.deleteToken(tx.db, tx.tenantId, id))) throw fail('entity.not_found');
        await audit(tx, { key: 'OneTimeToken.Deleted', target: target(id), before: auditView(row) });
      }),

    /** Seals anew what a previous master key sealed; answers how many. */
    reseal: (scope: Scope): Promise<number> =>
      transaction(scope, async (tx) => {
        const rows = await store.listSealed(tx.db, tx.tenantId);
        const stale = rows.filter(({ tokenSealed }) => secretBox.isStale(tokenSealed));
        for (const { id, tokenSealed } of stale) {
          const purpose = purposeOf(tx.tenantId, id);
          const fresh = secretBox.seal(secretBox.open(tokenSealed, purpose), purpose);
          await store.updateSealed(tx.db, tx.tenantId, id, fresh);
        }
        return stale.length;
      }),
  };
}
