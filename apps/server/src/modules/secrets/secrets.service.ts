import { setTimeout as sleep } from 'node:timers/promises';
import type { ProviderTokens } from '@latchkey/connector-kit';
import { audit } from '../../kernel/audit.ts';
import { standardId } from '../../kernel/ids.ts';
import { type Scope, transaction } from '../../kernel/scope.ts';
import type { SecretBox } from '../../kernel/secrets.ts';
import type { TokenFacts } from './secrets.contract.ts';
import { fail } from './secrets.errors.ts';
import * as store from './secrets.store.ts';
import type { SecretKind } from './secrets.table.ts';

/** Whose tokens they are, at which connector. */
export interface TokenSource {
  kind: SecretKind;
  connectorId: string;
  /** The user's id at the provider. */
  identityId: string;
}

/** Tokens as they travel from the connector to the vault: through sign-ins in progress and proofs, never open. */
export interface SealedTokens extends TokenSource {
  tokensSealed: string;
}

/** Asks a provider for fresh tokens; undefined when it takes the refresh token no more. */
export type RenewTokens = (
  scope: Scope,
  connectorId: string,
  refreshToken: string,
) => Promise<ProviderTokens | undefined>;

export interface SecretsDependencies {
  secretBox: SecretBox;
  now: () => Date;
  renew: Partial<Record<SecretKind, RenewTokens>>;
}

export type SecretsService = ReturnType<typeof createSecretsService>;

/** A token is renewed this much ahead of its end, so that its reader can still use it. */
const RENEW_AHEAD_MS = 30_000;
/** Longer than any connector waits for its provider: only a process that died lets it run out. */
const RENEWAL_LEASE_MS = 15_000;
const LOOK_AGAIN_MS = 100;

const factsOf = ({ scope, expiresAt, tokenType, refreshToken }: ProviderTokens): TokenFacts => ({
  ...(scope && { scope }),
  ...(expiresAt !== undefined && { expiresAt: Math.floor(expiresAt / 1000) }),
  tokenType,
  hasRefreshToken: refreshToken !== undefined,
});

const endsBefore = ({ expiresAt }: ProviderTokens, time: number): boolean =>
  expiresAt !== undefined && expiresAt <= time;

const target = (id: string) => ({ type: 'Secret' as const, id });

/** The token vault: what providers gave for users, sealed, and renewed when it is read. */
export function createSecretsService({ secretBox, now, renew }: SecretsDependencies) {
  const purposeOf = (tenantId: string, { kind, connectorId, identityId }: TokenSource) =>
    `provider-tokens:${tenantId}:${kind}:${connectorId}:${identityId}`;

  const sealText = (scope: Scope, source: TokenSource, tokens: ProviderTokens): string =>
    secretBox.seal(JSON.stringify(tokens), purposeOf(scope.tenantId, source));

  const open = (scope: Scope, sealed: SealedTokens): ProviderTokens =>
    JSON.parse(secretBox.open(sealed.tokensSealed, purposeOf(scope.tenantId, sealed)));

  const find = (scope: Scope, key: store.SecretKey) => store.findSecret(scope.db, scope.tenantId, key);

  /** Some providers give a refresh token at the first consent alone: it is good for what they give later, too. */
  const withFormerRefreshToken = (scope: Scope, former: store.SecretRow | undefined, sealed: SealedTokens) => {
    const tokens = open(scope, sealed);
    const isSame = former?.connectorId === sealed.connectorId && former.identityId === sealed.identityId;
    if (tokens.refreshToken !== undefined || !isSame) return tokens;
    return { ...tokens, refreshToken: open(scope, former).refreshToken };
  };

  /** Asks the provider, as the only one who does; undefined when there is nothing left to renew. */
  const renewAlone = async (scope: Scope, row: store.SecretRow, tokens: ProviderTokens) => {
    try {
      const fresh = tokens.refreshToken && (await renew[row.kind]?.(scope, row.connectorId, tokens.refreshToken));
      if (!fresh) {
        await store.deleteUnchanged(scope.db, row);
        return undefined;
      }
      const next = { ...fresh, scope: fresh.scope ?? tokens.scope };
      await store.endRenewal(scope.db, row, {
        tokensSealed: sealText(scope, row, next),
        metadata: factsOf(next),
        updatedAt: now(),
      });
      return next;
    } catch (error) {
      // The provider cannot be reached or is set up wrongly: the next reader tries again.
      await store.endRenewal(scope.db, row);
      throw error;
    }
  };

  return {
    /** Closes what a provider handed over, until the account is known that it belongs to. */
    seal: (scope: Scope, source: TokenSource, tokens: ProviderTokens): SealedTokens => ({
      ...source,
      tokensSealed: sealText(scope, source, tokens),
    }),

    /** Keeps them for a user, in the transaction in progress. */
    async keep(tx: Scope, owner: { userId: string; provider: string }, sealed: SealedTokens): Promise<void> {
      const { kind, connectorId, identityId } = sealed;
      const tokens = withFormerRefreshToken(tx, await find(tx, { ...owner, kind }), sealed);
      await store.upsertSecret(tx.db, {
        tenantId: tx.tenantId,
        id: standardId(),
        ...owner,
        kind,
        connectorId,
        identityId,
        tokensSealed: sealText(tx, sealed, tokens),
        metadata: factsOf(tokens),
        renewingUntil: null,
        createdAt: tx.now,
        updatedAt: tx.now,
      });
    },

    find,

    listOf: (scope: Scope, userId: string) => store.listSecretsOfUser(scope.db, scope.tenantId, userId),

    /**
     * The tokens that are kept for an account, renewed when they are over.
     * Of many readers one asks the provider, across processes: a rotated refresh token that is used twice would end all
     * tokens of its family. The others look again until it is done, and hold no connection meanwhile.
     */
    async read(scope: Scope, key: store.SecretKey): Promise<ProviderTokens> {
      const giveUpAt = Date.now() + RENEWAL_LEASE_MS;
      for (let isFirst = true; ; isFirst = false) {
        const row = await find(scope, key);
        if (!row && isFirst) throw fail('secrets.third_party_token_set.token_not_found');
        if (!row) throw fail('secrets.third_party_token_set.access_token_expired');
        const tokens = open(scope, row);
        const time = now();
        const ahead = row.metadata.hasRefreshToken ? RENEW_AHEAD_MS : 0;
        if (!endsBefore(tokens, time.getTime() + ahead)) return tokens;
        if (await store.claimRenewal(scope.db, row, time, new Date(time.getTime() + RENEWAL_LEASE_MS))) {
          const fresh = await renewAlone(scope, row, tokens);
          if (fresh) return fresh;
          throw fail('secrets.third_party_token_set.access_token_expired');
        }
        if (Date.now() > giveUpAt) throw fail('secrets.third_party_token_set.access_token_expired');
        await sleep(LOOK_AGAIN_MS);
      }
    },

    remove: (scope: Scope, id: string): Promise<void> =>
      transaction(scope, async (tx) => {
        const row = await store.deleteSecret(tx.db, tx.tenantId, id);
        if (!row) throw fail('entity.not_exists_with_id', { data: { name: 'secret', id } });
        const { userId, kind, provider, connectorId, metadata } = row;
        await audit(tx, {
          key: 'Secret.Deleted',
          target: target(id),
          before: { kind, provider, connectorId, metadata },
          details: { userId },
        });
      }),

    /** Forgets all that came by a connector, in the transaction in progress. */
    async forgetConnector(tx: Scope, kind: SecretKind, connectorId: string): Promise<void> {
      await store.deleteSecretsOfConnector(tx.db, tx.tenantId, kind, connectorId);
    },

    /** Seals anew what a previous master key sealed; answers how many. */
    reseal: (scope: Scope): Promise<number> =>
      transaction(scope, async (tx) => {
        const rows = await store.listSecrets(tx.db, tx.tenantId);
        const stale = rows.filter(({ tokensSealed }) => secretBox.isStale(tokensSealed));
        for (const row of stale) await store.replaceSeal(tx.db, row, sealText(tx, row, open(tx, row)));
        return stale.length;
      }),
  };
}
