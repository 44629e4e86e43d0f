import { defineErrors } from '../../kernel/errors.ts';

export const fail = defineErrors({
  'entity.not_found': 404,
  'custom_profile_fields.invalid_value': 422,
  'form.required': 422,
  'session.csrf_token_mismatch': 403,
  'session.not_found': 404,
  'session.mfa.webauthn_verification_failed': 400,
  'user.invalid_username': 422,
  'user.invalid_email': 422,
  'user.invalid_phone': 422,
  'account_center.redirect_not_allowed': 400,
});
