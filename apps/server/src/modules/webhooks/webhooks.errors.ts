import { defineErrors } from '../../kernel/errors.ts';

export const fail = defineErrors({
  'entity.not_exists_with_id': 404,
  'hook.missing_events': 400,
  'hook.send_test_payload_failed': 422,
  'hook.endpoint_responded_with_error': 422,
  'hook.delivery_pending': 422,
  'log.invalid_time_window': 400,
});
