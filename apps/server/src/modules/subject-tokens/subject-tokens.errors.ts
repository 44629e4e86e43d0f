import { defineErrors } from '../../kernel/errors.ts';

export const fail = defineErrors({
  'entity.not_found': 404,
  'request.invalid_input': 422,
  'user.personal_access_token_name_exists': 422,
});
