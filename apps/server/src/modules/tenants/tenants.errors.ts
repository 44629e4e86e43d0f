import { defineErrors } from '../../kernel/errors.ts';

export const fail = defineErrors({
  'operator_link.not_valid': 403,
  'tenant.exists': 422,
  'tenant.invalid_id': 422,
});
