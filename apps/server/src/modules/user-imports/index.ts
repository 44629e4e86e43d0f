import type { Job } from '../../kernel/jobs.ts';
import type { Routes } from '../../kernel/operations.ts';
import { createImporter, type Importer, type ImporterDependencies } from './importer.ts';
import { userImportsRoutes } from './user-imports.routes.ts';
import { createUserImportsService } from './user-imports.service.ts';

export type { Importer } from './importer.ts';

/** Users brought over from other systems in files, and taken away in files. */
export function createUserImportsModule(deps: ImporterDependencies): {
  routes: Routes;
  api: { importer: Importer };
  jobs: Job[];
} {
  const importer = createImporter(deps);
  return {
    routes: userImportsRoutes(createUserImportsService({ importer })),
    api: { importer },
    jobs: [{ name: 'continue-user-imports', schedule: '*/5 * * * *', run: () => importer.wake() }],
  };
}
