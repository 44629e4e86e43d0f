import { ConnectorError, type ConnectorErrorCode } from '@latchkey/connector-kit';
import { defineErrors, type RequestError } from '../../kernel/errors.ts';

export const fail = defineErrors({
  'entity.not_exists_with_id': 404,
  'entity.unique_integrity_violation': 422,
  'connector.not_found': 404,
  'session.connector_session_not_found': 400,
  'connector.insufficient_request_parameters': 400,
  'connector.not_found_with_connector_id': 422,
  'connector.multiple_instances_not_supported': 422,
  'connector.multiple_target_with_same_platform': 422,
  'connector.should_specify_target': 422,
  'connector.token_storage_not_supported': 422,
  'connector.can_not_modify_target': 400,
  'connector.cannot_overwrite_metadata_for_non_standard_connector': 400,
  'connector.unexpected_type': 400,
  'connector.invalid_request_parameters': 400,
  'connector.invalid_config': 400,
});

/** What each of the connector kit's codes answers: 4xx for what was sent, 5xx for what the provider did. */
const KIT_STATUS: Record<ConnectorErrorCode, number> = {
  general: 400,
  invalid_metadata: 400,
  unexpected_type: 400,
  invalid_config_guard: 400,
  invalid_request_parameters: 400,
  insufficient_request_parameters: 400,
  invalid_config: 400,
  invalid_certificate: 400,
  invalid_response: 400,
  template_not_found: 400,
  template_not_supported: 400,
  rate_limit_exceeded: 429,
  usage_limit_exceeded: 429,
  not_implemented: 501,
  social_auth_code_invalid: 401,
  social_invalid_access_token: 401,
  social_invalid_id_token: 401,
  authorization_failed: 401,
};

const failInProvider = defineErrors(
  Object.fromEntries(Object.entries(KIT_STATUS).map(([code, status]) => [`connector.${code}`, status])),
);

/** A connector's error in the API's words; what the provider wrote stays in the log. Other errors pass through. */
export function asRequestError(error: unknown): RequestError | unknown {
  if (!(error instanceof ConnectorError)) return error;
  return failInProvider(`connector.${error.code}`, { data: error.data, details: error.message, cause: error });
}

/** The same for an administrator who tries a configuration out: with what was said between us and the provider. */
export function asTestError(error: unknown): RequestError | unknown {
  if (!(error instanceof ConnectorError)) return error;
  const data = { ...error.data, ...(error.dialogue !== undefined && { dialogue: error.dialogue }) };
  return failInProvider(`connector.${error.code}`, { data, details: error.message, cause: error });
}
