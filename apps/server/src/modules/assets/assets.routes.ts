import type { FastifyInstance } from 'fastify';
import type { Routes } from '../../kernel/operations.ts';
import * as contract from './assets.contract.ts';
import { fail } from './assets.errors.ts';
import { type AssetsService, imageKey } from './assets.service.ts';
import { CONTENT_TYPES } from './images.ts';
import type { AssetStorage } from './storage.ts';

export const uploadsPath = '/uploads';

const NAME = /^[0-9A-Za-z]{21}\.(jpg|png|gif|webp|svg|ico)$/;

export function assetsRoutes(service: AssetsService): Routes {
  return (route) => {
    route(contract.getUserAssetsStatus, async () => ({
      status: 'ready' as const,
      allowUploadMimeTypes: [...contract.imageTypes],
      maxUploadFileSize: contract.uploadUserAsset.upload.maxBytes,
      isExperienceAvatarUploadEnabled: true,
    }));

    route(contract.uploadUserAsset, async ({ scope, upload, request }) => ({
      url: `${request.tenant.endpoint}${uploadsPath}/${await service.storeImage(scope, upload)}`,
    }));

    route(contract.uploadCustomUiAssets, async ({ scope, upload }) => ({
      customUiAssetId: await service.storeCustomUi(scope, upload),
    }));
  };
}

/** Uploaded images, for anybody. A name is never used for other bytes, so browsers may keep them for ever. */
export function mountUploads(http: FastifyInstance, storage: AssetStorage): void {
  http.get<{ Params: { name: string } }>(`${uploadsPath}/:name`, async (request, reply) => {
    const { name } = request.params;
    const extension = NAME.exec(name)?.[1] as keyof typeof CONTENT_TYPES | undefined;
    const bytes = extension && (await storage.get(imageKey(request.tenant.tenantId, name)));
    if (!bytes) throw fail('entity.not_found');
    return reply
      .headers({
        'content-type': CONTENT_TYPES[extension],
        'cache-control': 'public, max-age=31536000, immutable',
        // Opened by itself, an SVG could run scripts on this origin; here it can do nothing at all.
        'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox",
        'cross-origin-resource-policy': 'cross-origin',
      })
      .send(bytes);
  });
}
