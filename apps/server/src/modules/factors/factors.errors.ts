import { defineErrors } from '../../kernel/errors.ts';

export const fail = defineErrors({
  'entity.not_found': 404,
  'session.mfa.invalid_totp_code': 400,
  'session.mfa.invalid_backup_code': 400,
  'session.mfa.webauthn_verification_failed': 400,
  'session.mfa.webauthn_verification_not_found': 400,
  'session.mfa.backup_code_can_not_be_alone': 422,
  'session.passkey_sign_in.conflict_rp_id': 409,
  'user.totp_already_in_use': 422,
  'user.totp_secret_invalid': 422,
  'user.backup_code_already_in_use': 422,
  'user.wrong_backup_code_format': 422,
  'user.passkey_already_in_use': 422,
  'mfa_recovery.not_valid': 403,
});
