import { defineErrors } from '../../kernel/errors.ts';

export const fail = defineErrors({
  'entity.not_exists_with_id': 404,
  'jwt_customizer.bad_result': 400,
  'jwt_customizer.denied': 403,
  'jwt_customizer.general': 422,
  'jwt_customizer.failed': 500,
  'action.general': 422,
  'action.failed': 500,
  'action.stopped': 422,
});
