import type { DatabasePool } from '../../kernel/database.ts';
import type { Job } from '../../kernel/jobs.ts';
import type { Routes } from '../../kernel/operations.ts';
import type { Scope } from '../../kernel/scope.ts';
import { subjectTokensRoutes } from './subject-tokens.routes.ts';
import {
  createSubjectTokensService,
  type SubjectTokensDependencies,
  type SubjectTokensService,
} from './subject-tokens.service.ts';
import { deleteExpiredSubjectTokens } from './subject-tokens.store.ts';

export { toToken } from './subject-tokens.wire.ts';

export interface SubjectTokensApi {
  /** The user that an impersonation token stands for, and what the script shall know of it. */
  find(scope: Scope, value: string): Promise<{ userId: string; context: Record<string, unknown> } | undefined>;
  /** True for the one caller that spends the impersonation token. */
  spend: SubjectTokensService['spendSubject'];
  /** The owner of a personal access token that is still good. */
  findOwner: SubjectTokensService['findOwner'];
  /** For the account API: a user's own tokens. */
  personal: Pick<SubjectTokensService, 'list' | 'create' | 'rename' | 'remove'>;
}

/** Impersonation tokens and personal access tokens: what token exchange takes in. */
export function createSubjectTokensModule(
  deps: SubjectTokensDependencies & { database: DatabasePool; now: () => Date },
): { routes: Routes; api: SubjectTokensApi; jobs: Job[] } {
  const service = createSubjectTokensService(deps);
  return {
    routes: subjectTokensRoutes(service),
    api: {
      find: service.findSubject,
      spend: service.spendSubject,
      findOwner: service.findOwner,
      personal: service,
    },
    jobs: [
      {
        name: 'delete-expired-subject-tokens',
        schedule: '27 * * * *',
        run: () => deleteExpiredSubjectTokens(deps.database.forSystem('delete expired subject tokens'), deps.now()),
      },
    ],
  };
}
