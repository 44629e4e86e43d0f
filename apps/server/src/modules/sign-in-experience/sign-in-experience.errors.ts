import { defineErrors } from '../../kernel/errors.ts';

export const fail = defineErrors({
  'request.invalid_input': 422,
  'request.feature_not_supported': 422,
  'sign_in_experiences.username_requires_password': 422,
  'sign_in_experiences.miss_sign_up_identifier_in_sign_in': 422,
  'sign_in_experiences.password_sign_in_must_be_enabled': 422,
  'sign_in_experiences.at_least_one_authentication_factor': 422,
  'sign_in_experiences.duplicated_sign_up_identifiers': 422,
  'sign_in_experiences.enabled_connector_not_found': 422,
  'sign_in_experiences.forgot_password_method_requires_connector': 422,
  'sign_in_experiences.duplicated_mfa_factors': 422,
  'sign_in_experiences.backup_code_cannot_be_enabled_alone': 422,
  'sign_in_experiences.email_verification_code_cannot_be_used_for_mfa': 422,
  'sign_in_experiences.phone_verification_code_cannot_be_used_for_mfa': 422,
  'sign_in_experiences.adaptive_mfa_requires_mfa': 422,
  'sign_in_experiences.adaptive_mfa_requires_non_skippable_policy': 422,
  'sign_in_experiences.non_adaptive_mfa_requires_skippable_policy': 422,
  'sign_in_experiences.unsupported_default_language': 422,
  'sign_in_experiences.username_policy_case_conflicts_exist': 409,
});
