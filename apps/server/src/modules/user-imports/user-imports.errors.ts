import { defineErrors } from '../../kernel/errors.ts';

export const fail = defineErrors({
  'entity.not_exists_with_id': 404,
  'user_import.empty_file': 422,
  'user_import.not_utf8': 422,
  'user_import.unknown_columns': 422,
  'user_import.repeated_columns': 422,
  'user_import.already_finished': 422,
});
