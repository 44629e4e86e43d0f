/** A refusal by the server, with the code and the message of its body. */
export class ApiError extends Error {
  readonly status: number;
  readonly code: string;
  readonly data: unknown;

  constructor(status: number, body: { code?: string; message?: string; data?: unknown }) {
    super(body.message ?? '');
    this.name = 'ApiError';
    this.status = status;
    this.code = body.code ?? 'unknown';
    this.data = body.data;
  }
}

/** The operator has to sign in again before any request can succeed. */
export class SignedOutError extends Error {
  constructor(cause: unknown) {
    super('The session has ended.', { cause });
    this.name = 'SignedOutError';
  }
}
