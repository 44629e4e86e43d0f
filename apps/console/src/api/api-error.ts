/** A refusal by the server, with the code and the message of its body. */
export class ApiError extends Error {
  readonly status: number;
  readonly code: string;
  readonly data: unknown;
  /** Lines for the developer or administrator that say what exactly is wrong; in English. */
  readonly details: string | undefined;

  constructor(status: number, body: { code?: string; message?: string; data?: unknown; details?: string }) {
    super(body.message ?? '');
    this.name = 'ApiError';
    this.status = status;
    this.code = body.code ?? 'unknown';
    this.data = body.data;
    this.details = body.details;
  }
}

/** The operator has to sign in again before any request can succeed. */
export class SignedOutError extends Error {
  constructor(cause: unknown) {
    super('The session has ended.', { cause });
    this.name = 'SignedOutError';
  }
}
