import { audit } from '../../kernel/audit.ts';
import { standardId } from '../../kernel/ids.ts';
import type { Log } from '../../kernel/log.ts';
import { type Scope, transaction } from '../../kernel/scope.ts';
import { readArchive } from './archive.ts';
import { fail } from './assets.errors.ts';
import * as store from './assets.store.ts';
import { readImage } from './images.ts';
import type { AssetStorage } from './storage.ts';

export interface AssetsDependencies {
  storage: AssetStorage;
  log: Log;
}

export type AssetsService = ReturnType<typeof createAssetsService>;

/** Where the file of a custom UI lies. */
export const customUiKey = (tenantId: string, id: string, name: string): string => `${tenantId}/ui/${id}/${name}`;

export const imageKey = (tenantId: string, name: string): string => `${tenantId}/images/${name}`;

/** Files written at once, so that a large upload neither waits for each nor floods the storage. */
const PARALLEL_WRITES = 8;

export function createAssetsService({ storage, log }: AssetsDependencies) {
  const put = async (key: string, bytes: Uint8Array): Promise<void> => {
    try {
      await storage.put(key, bytes);
    } catch (error) {
      log.error({ err: error }, 'the asset storage cannot be written');
      throw fail('storage.upload_error', { cause: error });
    }
  };

  /** The bytes are there before the row that names them: what fails in between leaves bytes that nobody knows. */
  const record = (scope: Scope, row: Omit<store.AssetRow, 'tenantId' | 'createdBy' | 'createdAt'>): Promise<void> =>
    transaction(scope, async (tx) => {
      await store.insertAsset(tx.db, {
        tenantId: tx.tenantId,
        ...row,
        createdBy: tx.actor.id,
        createdAt: tx.now,
      });
      const { kind, name, size, files } = row;
      const after = { kind, name, size, ...(files && { files: Object.keys(files).length }) };
      await audit(tx, { key: 'Asset.Created', target: { type: 'Asset', id: row.id }, after });
    });

  return {
    /** Keeps an image; answers its name. */
    async storeImage(scope: Scope, bytes: Buffer): Promise<string> {
      const image = await readImage(bytes);
      const id = standardId();
      const name = `${id}.${image.extension}`;
      await put(imageKey(scope.tenantId, name), image.bytes);
      await record(scope, { id, kind: 'image', name, size: image.bytes.length, files: null });
      return name;
    },

    /** Keeps sign-in pages of the tenant's own; answers their id. */
    async storeCustomUi(scope: Scope, bytes: Buffer): Promise<string> {
      const files = await readArchive(bytes);
      const id = standardId();
      const waiting = [...files];
      const write = async (): Promise<void> => {
        for (let next = waiting.pop(); next; next = waiting.pop()) {
          await put(customUiKey(scope.tenantId, id, next[0]), next[1]);
        }
      };
      await Promise.all(Array.from({ length: PARALLEL_WRITES }, write));
      const sizes = Object.fromEntries([...files].map(([name, content]) => [name, content.length]));
      const size = Object.values(sizes).reduce((sum, length) => sum + length, 0);
      await record(scope, { id, kind: 'custom-ui', name: id, size, files: sizes });
      return id;
    },

    async findCustomUi(scope: Scope, id: string): Promise<store.AssetRow | undefined> {
      const row = await store.findAsset(scope.db, scope.tenantId, id);
      return row?.kind === 'custom-ui' ? row : undefined;
    },
  };
}
