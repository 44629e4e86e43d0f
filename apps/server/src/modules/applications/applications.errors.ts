import { defineErrors } from '../../kernel/errors.ts';

export const fail = defineErrors({
  'entity.not_exists_with_id': 404,
  'entity.not_found': 404,
  'oidc.invalid_redirect_uri': 400,
  'request.invalid_input': 422,
  'application.invalid_type': 422,
  'application.saml.use_saml_app_api': 400,
  'application.invalid_role_type': 422,
  'application.invalid_third_party_application_type': 400,
  'application.third_party_application_cannot_enable_token_exchange': 422,
  'application.device_flow_native_only': 400,
  'application.device_flow_not_changeable': 400,
  'application.no_legacy_secret_found': 400,
  'application.protected_application_only': 400,
  'application.protected_app_metadata_is_required': 400,
  'application.should_delete_custom_domains_first': 422,
  'application.secret_name_exists': 422,
});
