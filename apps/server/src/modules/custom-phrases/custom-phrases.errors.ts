import { defineErrors } from '../../kernel/errors.ts';

export const fail = defineErrors({
  'entity.not_found': 404,
  'localization.cannot_delete_default_language': 409,
  'localization.invalid_translation_structure': 422,
});
