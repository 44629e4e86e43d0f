import { defineErrors } from '../../kernel/errors.ts';

export const fail = defineErrors({
  'entity.not_exists_with_id': 404,
  'entity.unique_integrity_violation': 422,
  'application.saml.saml_application_only': 422,
  'application.saml.acs_url_binding_not_supported': 422,
  'application.saml.acs_url_scheme_not_supported': 422,
  'application.saml.certificate_required': 422,
  'application.saml.invalid_certificate_pem_format': 422,
  'application.saml.can_not_delete_active_secret': 400,
  'application.saml.secret_expired': 400,
  'application.saml.no_active_secret': 404,
  'application.saml.entity_id_required': 400,
  'application.saml.acs_url_required': 400,
  'application.saml.invalid_saml_request': 400,
  'application.saml.auth_request_issuer_not_match': 400,
  'application.saml.sp_initiated_saml_sso_session_not_found': 400,
  'application.saml.sp_initiated_saml_sso_session_not_found_in_cookies': 400,
  'application.saml.missing_email_address': 400,
});
