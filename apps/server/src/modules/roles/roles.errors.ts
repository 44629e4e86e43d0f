import { defineErrors } from '../../kernel/errors.ts';

export const fail = defineErrors({
  'entity.not_exists_with_id': 404,
  'entity.not_found': 404,
  'entity.relation_foreign_key_not_found': 422,
  'role.name_in_use': 422,
  'role.scope_exists': 422,
  'role.user_exists': 422,
  'role.application_exists': 422,
  'role.management_api_scopes_not_assignable_to_user_role': 422,
  'role.internal_role_violation': 403,
  'user.invalid_role_type': 422,
  'application.invalid_role_type': 422,
});
