import path from 'node:path';
import type { FastifyInstance } from 'fastify';
import type { Caches } from '../../kernel/cache.ts';
import type { DatabasePool } from '../../kernel/database.ts';
import type { Egress } from '../../kernel/egress.ts';
import type { Log } from '../../kernel/log.ts';
import type { Routes } from '../../kernel/operations.ts';
import { type Scope, systemScope } from '../../kernel/scope.ts';
import { assetsRoutes, mountUploads, uploadsPath } from './assets.routes.ts';
import { createAssetsService } from './assets.service.ts';
import { type CustomUi, mountCustomUi } from './custom-ui.ts';
import { type BucketConfig, createBucketStorage, createDirectoryStorage } from './storage.ts';

export interface AssetsApi {
  /** Keeps an image that a user or an administrator sends; answers its path below the tenant's address. */
  storeImage(scope: Scope, bytes: Buffer): Promise<string>;
  /** Whether the tenant has sign-in pages under this id. */
  hasCustomUi(scope: Scope, id: string): Promise<boolean>;
  /** Serves what was uploaded. */
  mount(http: FastifyInstance): void;
}

export interface AssetsModuleDependencies {
  /** The bucket to keep uploads in; without one they lie in the data directory. */
  bucket: BucketConfig | undefined;
  home: string;
  database: DatabasePool;
  caches: Caches;
  egress: Egress;
  log: Log;
  consoleOrigin: string;
  customUiOf(tenantId: string): Promise<CustomUi | undefined>;
}

/** Files that tenants upload: images, and sign-in pages of their own. */
export function createAssetsModule(deps: AssetsModuleDependencies): { routes: Routes; api: AssetsApi } {
  const storage = deps.bucket
    ? createBucketStorage(deps.bucket, deps.egress)
    : createDirectoryStorage(path.join(deps.home, 'uploads'));
  const service = createAssetsService({ storage, log: deps.log });
  // An upload never changes, so nothing has to be announced.
  const cached = deps.caches.create('custom-ui', (tenantId, id) =>
    service.findCustomUi(systemScope(deps, tenantId, 'load sign-in pages'), id),
  );
  return {
    routes: assetsRoutes(service),
    api: {
      storeImage: async (scope, bytes) => `${uploadsPath}/${await service.storeImage(scope, bytes)}`,
      hasCustomUi: async (scope, id) => (await service.findCustomUi(scope, id)) !== undefined,
      mount(http) {
        mountUploads(http, storage);
        mountCustomUi(http, {
          storage,
          consoleOrigin: deps.consoleOrigin,
          customUiOf: deps.customUiOf,
          filesOf: async (tenantId, id) => (await cached.get(tenantId, id))?.files ?? undefined,
        });
      },
    },
  };
}
