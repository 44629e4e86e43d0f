import { defineErrors } from '../../kernel/errors.ts';

export const fail = defineErrors({
  'entity.not_found': 404,
  'domain.domain_is_not_allowed': 422,
  'domain.hostname_already_exists': 422,
  'domain.not_active': 422,
});
