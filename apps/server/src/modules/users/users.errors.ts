import { defineErrors } from '../../kernel/errors.ts';

export const fail = defineErrors({
  'user.enterprise_sso_identity_not_exists': 404,
  'entity.not_found': 404,
  'entity.not_exists_with_id': 404,
  'guard.invalid_input': 400,
  'user.identity_not_exist': 404,
  'user.id_already_in_use': 422,
  'user.username_already_in_use': 422,
  'user.email_already_in_use': 422,
  'user.phone_already_in_use': 422,
  'user.identity_already_in_use': 422,
  'user.password_algorithm_required': 422,
  'user.password_and_digest': 422,
  'user.cannot_delete_self': 400,
  'user.merge_with_itself': 422,
  'user.merge_suspended': 422,
  'password.invalid_legacy_password_format': 422,
  'password.unsupported_legacy_hash_algorithm': 422,
  'session.invalid_credentials': 422,
});
