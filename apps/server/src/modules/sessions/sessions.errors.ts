import { defineErrors } from '../../kernel/errors.ts';

export const fail = defineErrors({
  'entity.not_found': 404,
  'oidc.session_not_found': 404,
  'oidc.grant_not_found': 404,
});
