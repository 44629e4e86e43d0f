import type { DatabasePool } from '../../kernel/database.ts';
import type { Job } from '../../kernel/jobs.ts';
import type { Routes } from '../../kernel/operations.ts';
import { verificationsRoutes } from './verifications.routes.ts';
import {
  createVerificationsService,
  type VerificationsDependencies,
  type VerificationsService,
} from './verifications.service.ts';
import { deleteExpiredRecords } from './verifications.store.ts';

export type { ProvedIdentity } from './verifications.service.ts';

export type VerificationsApi = Pick<
  VerificationsService,
  'requireOwner' | 'takeIdentifier' | 'takeIdentity' | 'takePasskey'
>;

/** Proofs that a signed-in user gives: of being the owner of the account, or of owning what is to be added to it. */
export function createVerificationsModule(
  deps: VerificationsDependencies & {
    database: DatabasePool;
    now: () => Date;
    /** Refuses while the tenant's account center is off. */
    requireEnabled(tenantId: string): Promise<void>;
  },
): { routes: Routes; api: VerificationsApi; jobs: Job[] } {
  const service = createVerificationsService(deps);
  return {
    routes: verificationsRoutes(service, deps.requireEnabled),
    api: service,
    jobs: [
      {
        name: 'delete-expired-proofs',
        schedule: '7 * * * *',
        run: () => deleteExpiredRecords(deps.database.forSystem('delete expired proofs'), deps.now()),
      },
    ],
  };
}
