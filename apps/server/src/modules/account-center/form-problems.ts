import type { RequestError } from '../../kernel/errors.ts';
import { formProblems as signInProblems } from '../sign-in/index.ts';
import type { FormError } from '../sign-in/page-frame.contract.ts';

/** Refusals of the Account API that the owner can mend in the form, and the field that each is about. */
const FIELD_OF: Readonly<Record<string, string | undefined>> = {
  'session.invalid_credentials': 'password',
  'user.email_already_in_use': 'email',
  'user.invalid_email': 'email',
  'user.invalid_phone': 'phone',
  'user.personal_access_token_name_exists': 'name',
  'user.phone_already_in_use': 'phone',
  'user.invalid_username': 'username',
  'user.username_required': 'username',
  'session.email_blocklist.disposable_email_validation_failed': 'email',
  'session.email_blocklist.email_not_allowed': 'email',
  'session.email_blocklist.email_subaddressing_not_allowed': 'email',
};

/** Refusals about the whole. */
const OF_THE_WHOLE: ReadonlySet<string> = new Set([
  'session.mfa.backup_code_can_not_be_alone',
  'user.email_or_phone_required',
  'user.email_required',
  'user.last_sign_in_method_required',
  'user.passkey_already_in_use',
  'user.phone_required',
  'user.totp_already_in_use',
]);

/** What to say in the form, or undefined when the refusal needs a page of its own. */
export function formProblems(error: RequestError): FormError[] | undefined {
  const { code } = error;
  if (Object.hasOwn(FIELD_OF, code)) return [{ field: FIELD_OF[code], code }];
  if (OF_THE_WHOLE.has(code)) return [{ code }];
  return signInProblems(error);
}
