import type { RequestError } from '../../../kernel/errors.ts';
import type { PasswordIssue } from '../../credentials/index.ts';
import type { FieldIssue } from '../../custom-profile-fields/index.ts';
import type { FormError } from '../sign-in.contract.ts';

/** Refusals that the user can mend where they are, and the field that each is about. */
const FIELD_OF: Readonly<Record<string, string | undefined>> = {
  'connector.general': undefined,
  'form.agreement_required': 'agreement',
  'password.expired': undefined,
  'request.message_rate_limited': undefined,
  'session.captcha_failed': undefined,
  'session.captcha_required': undefined,
  'session.email_blocklist.disposable_email_validation_failed': 'identifier',
  'session.email_blocklist.email_not_allowed': 'identifier',
  'session.email_blocklist.email_subaddressing_not_allowed': 'identifier',
  'session.invalid_credentials': undefined,
  'session.mfa.invalid_backup_code': 'code',
  'session.mfa.invalid_totp_code': 'code',
  'session.mfa.webauthn_verification_failed': undefined,
  'session.passkey_sign_in.not_found': undefined,
  'request.busy': undefined,
  'session.verification_blocked_too_many_attempts': undefined,
  'user.sign_in_method_not_enabled': undefined,
  'user.identity_already_in_use': undefined,
  'user.invalid_email': 'identifier',
  'user.invalid_phone': 'identifier',
  'user.same_password': 'password',
  'user.social_account_exists_in_profile': undefined,
  'session.sso_not_available': 'identifier',
  'user.user_not_exist': undefined,
  'user.username_already_in_use': 'username',
  'user.email_already_in_use': undefined,
  'user.phone_already_in_use': undefined,
  'verification_code.code_mismatch': 'code',
  'verification_code.exceed_max_try': 'code',
  'verification_code.expired': 'code',
  'verification_code.not_found': 'code',
};

/** Codes of the API that the pages say in other words. */
const SAID_AS: Readonly<Record<string, string>> = {
  'request.overloaded': 'request.busy',
  'session.mfa.pending_info_not_found': 'session.mfa.webauthn_verification_failed',
  'session.mfa.webauthn_verification_not_found': 'session.passkey_sign_in.not_found',
  'session.passkey_sign_in.conflict_rp_id': 'session.passkey_sign_in.not_found',
  'user.username_starts_with_number': 'user.invalid_username',
  'user.username_invalid_charset_hard': 'user.invalid_username',
};

/** What to say in the form, or undefined when the refusal needs a page of its own. */
export function formProblems(error: RequestError): FormError[] | undefined {
  const data = (error.data ?? {}) as Record<string, string | number>;
  if (error.code === 'password.rejected') {
    const { issues } = error.data as { issues: PasswordIssue[] };
    return issues.map(({ code, interpolation }) => ({ field: 'password', code, data: interpolation }));
  }
  if (error.code === 'custom_profile_fields.invalid_value') {
    const { issues } = error.data as { issues: FieldIssue[] };
    return issues.map(({ field, ...problem }) => ({ field: `profile.${field}`, ...problem }));
  }
  if (error.code === 'form.required') return [{ field: String(data.field), code: error.code }];
  const code = SAID_AS[error.code] ?? error.code;
  if (error.code.startsWith('user.username_')) return [{ field: 'username', code, data }];
  if (!Object.hasOwn(FIELD_OF, code)) return undefined;
  const field = FIELD_OF[code];
  return [{ ...(field && { field }), code, data }];
}
