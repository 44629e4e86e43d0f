import { defineErrors } from '../../kernel/errors.ts';

export const fail = defineErrors({
  'connector.not_found': 404,
  'session.connector_session_not_found': 400,
});
