import { defineErrors } from '../../kernel/errors.ts';

export const fail = defineErrors({
  'entity.not_found': 404,
  'session.captcha_required': 422,
  'session.captcha_failed': 422,
});
