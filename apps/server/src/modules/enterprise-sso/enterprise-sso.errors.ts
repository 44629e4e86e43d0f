import { defineErrors } from '../../kernel/errors.ts';

export const fail = defineErrors({
  'entity.not_exists_with_id': 404,
  'connector.not_found_with_connector_id': 422,
  'connector.invalid_config': 400,
  'connector.invalid_request_parameters': 400,
  'connector.token_storage_not_supported': 422,
  'single_sign_on.forbidden_domains': 422,
  'single_sign_on.duplicated_domains': 422,
  'single_sign_on.invalid_domain_format': 422,
  'single_sign_on.duplicate_connector_name': 409,
  'single_sign_on.sso_signing_unavailable': 422,
  'single_sign_on.active_signing_key_required': 422,
  'single_sign_on.can_not_delete_active_signing_key': 422,
  'single_sign_on.can_not_deactivate_signing_key_in_use': 422,
  'user.identity_already_in_use': 422,
});
