import type { DatabasePool } from '../../kernel/database.ts';
import { DAY_MS } from '../../kernel/durations.ts';
import type { Job } from '../../kernel/jobs.ts';
import type { Scope } from '../../kernel/scope.ts';
import type { AdaptiveMfa } from '../sign-in-experience/sign-in-experience.contract.ts';
import * as store from './adaptive-mfa.store.ts';
import { type History, type RuleName, triggeredRules } from './rules.ts';
import { createSignals, type Signals } from './signals.ts';

export type { Signals } from './signals.ts';
export { defaultSignalHeaders } from './signals.ts';

/** Longest that a tenant's rules may look back, in days. */
const MEMORY_DAYS = 3650;

export interface AdaptiveMfaApi {
  /** What a request says of where it comes from. */
  signals: ReturnType<typeof createSignals>;
  /** The rules that find a sign-in unlike the user's earlier ones. */
  judge(
    scope: Scope,
    user: { id: string; lastSignInAt: Date | null },
    signals: Signals,
    thresholds: AdaptiveMfa['thresholds'],
  ): Promise<RuleName[]>;
  /** Remembers where a completed sign-in came from, in the transaction in progress. */
  record(tx: Scope, userId: string, signals: Signals): Promise<void>;
}

/** Asks for a second step only when a sign-in looks unlike the earlier ones. */
export function createAdaptiveMfaModule(
  deps: Parameters<typeof createSignals>[0] & { database: DatabasePool; now: () => Date },
): { api: AdaptiveMfaApi; jobs: Job[] } {
  const history = async (scope: Scope, userId: string): Promise<Omit<History, 'lastSignInAt'>> => {
    const [countries, place] = await Promise.all([
      store.findCountries(scope.db, scope.tenantId, userId),
      store.findPlace(scope.db, scope.tenantId, userId),
    ]);
    return { countries, place };
  };
  return {
    api: {
      signals: createSignals(deps),
      judge: async (scope, { id, lastSignInAt }, signals, thresholds) =>
        triggeredRules(signals, { ...(await history(scope, id)), lastSignInAt }, scope.now, thresholds),
      async record(tx, userId, { country, latitude, longitude }) {
        const key = { tenantId: tx.tenantId, userId };
        if (country) await store.upsertCountry(tx.db, { ...key, country, lastSeenAt: tx.now });
        if (latitude !== undefined && longitude !== undefined) {
          await store.upsertPlace(tx.db, { ...key, latitude, longitude, seenAt: tx.now });
        }
      },
    },
    jobs: [
      {
        name: 'delete-old-sign-in-places',
        schedule: '27 4 * * *',
        run: () =>
          store.deleteSeenBefore(
            deps.database.forSystem('forget where users signed in from long ago'),
            new Date(deps.now().getTime() - MEMORY_DAYS * DAY_MS),
          ),
      },
    ],
  };
}
