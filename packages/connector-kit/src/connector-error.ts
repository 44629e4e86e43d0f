/** Every way a connector may fail; the wire's codes, without their `connector.` prefix. */
export type ConnectorErrorCode =
  | 'general'
  | 'invalid_metadata'
  | 'unexpected_type'
  | 'invalid_config_guard'
  | 'invalid_request_parameters'
  | 'insufficient_request_parameters'
  | 'invalid_config'
  | 'invalid_certificate'
  | 'invalid_response'
  | 'template_not_found'
  | 'template_not_supported'
  | 'rate_limit_exceeded'
  | 'usage_limit_exceeded'
  | 'not_implemented'
  | 'social_auth_code_invalid'
  | 'social_invalid_access_token'
  | 'social_invalid_id_token'
  | 'authorization_failed';

export interface ConnectorErrorOptions {
  /** Facts that may be shown to anybody. */
  data?: Readonly<Record<string, string | number>>;
  /** What was said between us and the provider, secrets masked: for the tenant's administrators alone. */
  dialogue?: string;
  /** What really happened, for the log only: it may hold what the provider wrote. */
  cause?: unknown;
}

/**
 * The only error a connector throws on purpose.
 * `message` and `data` are safe to show to anybody; the private part is `cause`.
 */
export class ConnectorError extends Error {
  override readonly name = 'ConnectorError';
  readonly code: ConnectorErrorCode;
  readonly data: Readonly<Record<string, string | number>> | undefined;
  readonly dialogue: string | undefined;

  constructor(code: ConnectorErrorCode, message: string, options: ConnectorErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.data = options.data;
    this.dialogue = options.dialogue;
  }
}
