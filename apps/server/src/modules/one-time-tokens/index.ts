import type { DatabasePool } from '../../kernel/database.ts';
import { DAY_MS } from '../../kernel/durations.ts';
import type { Job } from '../../kernel/jobs.ts';
import type { Routes } from '../../kernel/operations.ts';
import type { Scope } from '../../kernel/scope.ts';
import type { SecretBox } from '../../kernel/secrets.ts';
import { oneTimeTokensRoutes } from './one-time-tokens.routes.ts';
import { createOneTimeTokensService, type OneTimeTokensService } from './one-time-tokens.service.ts';
import { deleteExpired } from './one-time-tokens.store.ts';

export interface OneTimeTokensApi {
  /** Says why the token of such a link would open nothing, and spends it not. */
  check: OneTimeTokensService['check'];
  /** Spends the token of a link that was sent to an address, or says why it opens nothing. */
  verify: OneTimeTokensService['verify'];
  create: OneTimeTokensService['create'];
  /** Seals anew what a previous master key sealed; answers how many. */
  reseal(scope: Scope): Promise<number>;
}

/** Days for which an administrator can still see what has become of a link. */
const KEPT_DAYS = 30;

/** Tokens of links that open the account of an address once. */
export function createOneTimeTokensModule(deps: { database: DatabasePool; secretBox: SecretBox; now: () => Date }): {
  routes: Routes;
  api: OneTimeTokensApi;
  jobs: Job[];
} {
  const service = createOneTimeTokensService(deps);
  return {
    routes: oneTimeTokensRoutes(service),
    api: {
      check: service.check,
      verify: service.verify,
      create: service.create,
      reseal: service.reseal,
    },
    jobs: [
      {
        name: 'delete-expired-one-time-tokens',
        schedule: '47 3 * * *',
        run: () =>
          deleteExpired(
            deps.database.forSystem('delete expired one-time tokens'),
            new Date(deps.now().getTime() - KEPT_DAYS * DAY_MS),
          ),
      },
    ],
  };
}
