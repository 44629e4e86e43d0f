import { defineErrors } from '../../kernel/errors.ts';

export const fail = defineErrors({
  'auth.third_party_application_forbidden': 403,
  'connector.not_found': 501,
  'session.invalid_credentials': 422,
  'verification_record.not_found': 404,
  'verification_record.permission_denied': 401,
});
