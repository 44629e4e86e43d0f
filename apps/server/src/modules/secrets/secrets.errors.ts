import { defineErrors } from '../../kernel/errors.ts';

export const fail = defineErrors({
  'entity.not_exists_with_id': 404,
  'secrets.third_party_token_set.token_not_found': 404,
  'secrets.third_party_token_set.access_token_expired': 401,
});
