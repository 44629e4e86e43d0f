import { errorPhrase } from '@latchkey/phrases/errors';

/** What a refused request answers: the wire's `{ code, message, data?, details? }` with an HTTP status. */
export interface ErrorOptions {
  /** Structured facts for the client; never anything secret. */
  data?: unknown;
  /** Lines that say what is wrong with the input. */
  details?: string;
  /** The private reason, for the log only. */
  cause?: unknown;
  /** Response headers such as Retry-After. */
  headers?: Record<string, string>;
}

/** The only error that reaches a client with its own code; everything else becomes a plain 500. */
export class RequestError extends Error {
  override readonly name = 'RequestError';
  readonly code: string;
  readonly status: number;
  readonly data: unknown;
  readonly details: string | undefined;
  readonly headers: Record<string, string>;

  constructor(code: string, status: number, options: ErrorOptions = {}) {
    super(code, { cause: options.cause });
    this.code = code;
    this.status = status;
    this.data = options.data;
    this.details = options.details;
    this.headers = options.headers ?? {};
  }

  /** The JSON body, its message in the first of `languages` that has one. */
  body(languages: readonly string[] = []): { code: string; message: string; data?: unknown; details?: string } {
    return {
      code: this.code,
      message: errorPhrase(this.code, languages, this.data),
      ...(this.data !== undefined && { data: this.data }),
      ...(this.details !== undefined && { details: this.details }),
    };
  }
}

/**
 * Declares a module's codes with their statuses and gives the function that makes them:
 * `const fail = defineErrors({ 'user.suspended': 401 })`, then `throw fail('user.suspended')`.
 */
export function defineErrors<Codes extends Record<string, number>>(codes: Codes) {
  return (code: keyof Codes & string, options?: ErrorOptions): RequestError =>
    new RequestError(code, codes[code] as number, options);
}

/** Codes that any module may answer. */
export const fail = defineErrors({
  'auth.authorization_header_missing': 401,
  'auth.authorization_token_type_not_supported': 401,
  'auth.unauthorized': 401,
  'auth.forbidden': 403,
  'guard.invalid_input': 400,
  'guard.invalid_pagination': 400,
  'guard.file_size_exceeded': 400,
  'guard.mime_type_not_allowed': 400,
  'request.invalid_input': 400,
  'request.rate_limited': 429,
  'request.overloaded': 503,
  'request.unavailable': 503,
  'request.general': 500,
  'entity.not_found': 404,
  'entity.not_exists_with_id': 404,
  'entity.unique_integrity_violation': 422,
  'entity.relation_foreign_key_not_found': 422,
});
