import { DAY_MS } from '../../kernel/durations.ts';
import type { Scope } from '../../kernel/scope.ts';
import type { CurvePoint, SignInFigures, StorageForecast } from './dashboard.contract.ts';
import * as store from './dashboard.store.ts';

const MEASURED_DAYS = 30;
const FORECAST_DAYS = [30, 90, 365];

export interface DashboardDependencies {
  /** Days that audit logs of each kind are kept. */
  retentionDays(scope: Scope): Promise<Record<'protocol' | 'signIn' | 'change', number | null>>;
}

interface Period {
  date?: store.Day | undefined;
  days: number;
}

export type DashboardService = ReturnType<typeof createDashboardService>;

const dayOf = (time: Date): store.Day => time.toISOString().slice(0, 10);

/** First and last day of a period. */
const boundsOf = (scope: Scope, { date, days }: Period): [store.Day, store.Day] => {
  const last = date ?? dayOf(scope.now);
  return [dayOf(new Date(Date.parse(last) - (days - 1) * DAY_MS)), last];
};

/** Figures of the tenant; days are those of UTC. */
export function createDashboardService(deps: DashboardDependencies) {
  return {
    totalUsers: async (scope: Scope) => ({ totalUserCount: await store.countUsers(scope.db, scope.tenantId) }),

    async newUsers(scope: Scope) {
      const counts = await store.countNewUsers(scope.db, scope.tenantId, dayOf(scope.now));
      return {
        today: { count: counts.today, delta: counts.today - (counts.twoDays - counts.today) },
        last7Days: { count: counts.week, delta: counts.week - (counts.twoWeeks - counts.week) },
      };
    },

    async activeUsers(scope: Scope, date: store.Day | undefined) {
      const { curve, figures } = await store.countActiveUsers(scope.db, scope.tenantId, date ?? dayOf(scope.now));
      return {
        dauCurve: curve,
        dau: { count: figures.day, delta: figures.day - figures.dayBefore },
        wau: { count: figures.week, delta: figures.week - figures.weekBefore },
        mau: { count: figures.month, delta: figures.month - figures.monthBefore },
      };
    },

    curves: (scope: Scope, period: Period): Promise<CurvePoint[]> =>
      store.readCurves(scope.db, scope.tenantId, ...boundsOf(scope, period)),

    async signIns(scope: Scope, period: Period): Promise<SignInFigures> {
      const bounds = boundsOf(scope, period);
      return {
        byMethod: await store.countSignInsByMethod(scope.db, scope.tenantId, ...bounds),
        topErrors: await store.countErrors(scope.db, scope.tenantId, ...bounds),
      };
    },

    async storage(scope: Scope): Promise<StorageForecast> {
      const since = new Date(scope.now.getTime() - MEASURED_DAYS * DAY_MS);
      const retention = await deps.retentionDays(scope);
      const sources = (await store.measureGrowth(scope.db, scope.tenantId, since)).map(
        ({ name, count, bytesPerRow }) => ({
          name,
          rowsPerDay: count / MEASURED_DAYS,
          bytesPerRow,
          retentionDays: name === 'users' ? null : retention[name],
        }),
      );
      const growth = FORECAST_DAYS.map((days) => ({
        days,
        // What is written in these days and not removed again within them.
        bytes: Math.round(
          sources.reduce(
            (sum, { rowsPerDay, bytesPerRow, retentionDays }) =>
              sum + rowsPerDay * bytesPerRow * Math.min(days, retentionDays ?? days),
            0,
          ),
        ),
      }));
      return { sources, growth };
    },
  };
}
