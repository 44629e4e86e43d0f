import { z } from 'zod';
import { defineOperation } from '../../kernel/wire.contract.ts';

const tag = 'Uploads';

/** Largest file, in bytes: 20 MB (features 13.3). */
const MAX_UPLOAD_BYTES = 20 * 1_048_576;

/** What may be uploaded; decided by the bytes, never by what the client calls them. */
export const imageTypes = [
  'image/jpeg',
  'image/png',
  'image/gif',
  'image/webp',
  'image/tiff',
  'image/svg+xml',
  'image/x-icon',
  'image/vnd.microsoft.icon',
] as const;

export const getUserAssetsStatus = defineOperation({
  method: 'GET',
  path: '/api/user-assets/service-status',
  tag,
  summary: 'Ask whether files can be uploaded',
  description: 'They always can: without a bucket they are kept in the data directory.',
  response: {
    200: z.object({
      status: z.enum(['ready', 'not_configured']),
      allowUploadMimeTypes: z.array(z.enum(imageTypes)),
      maxUploadFileSize: z.number().int().describe('Bytes.'),
      isExperienceAvatarUploadEnabled: z.boolean(),
    }),
  },
});

export const uploadUserAsset = defineOperation({
  method: 'POST',
  path: '/api/user-assets',
  tag,
  summary: 'Upload an image',
  description:
    'Keeps a logo, an icon or an avatar and answers its address, which anybody may read. Pictures are written anew without what cameras put into them; a picture of more than 50 million pixels is refused.',
  upload: { maxBytes: MAX_UPLOAD_BYTES, description: 'JPEG, PNG, GIF, WebP, TIFF, SVG or ICO, at most 20 MB.' },
  response: { 200: z.object({ url: z.string() }) },
});

export const uploadCustomUiAssets = defineOperation({
  method: 'POST',
  path: '/api/sign-in-exp/default/custom-ui-assets',
  tag,
  summary: 'Upload sign-in pages of your own',
  description:
    'Takes a zip file with `index.html` and whatever it needs, at most 1,000 files and 100 MB unpacked. Set `customUiAssets` of the sign-in experience to the id in the answer, and the pages are shown instead of the built-in ones.',
  upload: { maxBytes: MAX_UPLOAD_BYTES, description: 'A zip file of at most 20 MB.' },
  response: { 200: z.object({ customUiAssetId: z.string() }) },
  errors: { 422: ['storage.invalid_archive'] },
});
