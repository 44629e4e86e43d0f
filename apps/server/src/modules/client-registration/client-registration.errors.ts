import { defineErrors } from '../../kernel/errors.ts';

export const fail = defineErrors({ 'entity.not_found': 404, 'guard.invalid_input': 400 });

/** A refusal in the words of RFC 7591 §3.2.2 and RFC 6750 §3.1. */
export class RegistrationError extends Error {
  override readonly name = 'RegistrationError';
  readonly status: number;
  readonly error: string;
  constructor(status: number, error: string, description: string) {
    super(description);
    this.status = status;
    this.error = error;
  }
}

export const invalidMetadata = (why: string) => new RegistrationError(400, 'invalid_client_metadata', why);
export const invalidRedirectUri = (why: string) => new RegistrationError(400, 'invalid_redirect_uri', why);
export const invalidToken = (why: string) => new RegistrationError(401, 'invalid_token', why);
