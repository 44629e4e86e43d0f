import { defineErrors } from '../../kernel/errors.ts';

export const fail = defineErrors({
  'entity.not_exists_with_id': 404,
  'application.protected_application_only': 400,
  'application.invalid_subdomain': 422,
  'application.protected_application_subdomain_exists': 422,
  'application.protected_app_not_configured': 501,
  'application.custom_domain_not_found': 404,
});
