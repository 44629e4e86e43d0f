import { defineErrors } from '../../kernel/errors.ts';

export const fail = defineErrors({
  'entity.not_found': 404,
  'guard.file_size_exceeded': 400,
  'guard.mime_type_not_allowed': 400,
  'storage.invalid_archive': 422,
  'storage.upload_error': 500,
});
