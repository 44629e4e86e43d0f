import { defineErrors } from '../../kernel/errors.ts';

export const fail = defineErrors({
  'entity.not_found': 404,
  'entity.not_exists_with_id': 404,
  'application.third_party_application_only': 422,
  'application.user_consent_scopes_not_found': 404,
  'application.consent_management_api_scopes_not_allowed': 422,
  'organization.require_membership': 422,
});
