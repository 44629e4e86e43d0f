import { audit } from '../../kernel/audit.ts';
import type { Routes } from '../../kernel/operations.ts';
import { transaction } from '../../kernel/scope.ts';
import { unlock } from './actions/attempts.ts';
import { deleteSentinelActivities } from './sentinel-activities.contract.ts';

export const sentinelActivitiesRoutes: Routes = (route) => {
  route(deleteSentinelActivities, ({ scope, body: { targetType, targets } }) =>
    transaction(scope, async (tx) => {
      if (targetType === 'User') await unlock(tx, targets);
      await audit(tx, { key: 'SentinelActivity.Deleted', details: { targetType, targets } });
    }),
  );
};
