import { defineErrors } from '../../kernel/errors.ts';

export const fail = defineErrors({
  'verification_code.not_found': 400,
  'verification_code.email_mismatch': 400,
  'verification_code.phone_mismatch': 400,
  'verification_code.expired': 400,
  'verification_code.exceed_max_try': 400,
  'verification_code.code_mismatch': 400,
  'request.message_rate_limited': 429,
  'connector.not_found': 501,
  'connector.general': 400,
  'connector.rate_limit_exceeded': 429,
  'connector.usage_limit_exceeded': 429,
  'connector.email_connector.bulk_deletion_no_filter': 422,
  'entity.not_exists_with_id': 404,
});
