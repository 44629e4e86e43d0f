import { defineErrors } from '../../kernel/errors.ts';

export const fail = defineErrors({
  'entity.not_exists_with_id': 404,
});
