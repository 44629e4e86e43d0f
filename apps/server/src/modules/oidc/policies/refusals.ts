import { errors } from 'oidc-provider';

/** The wire answers refusals of organizations and of access rules with 403 (features 20.5). */
export function accessDenied(description: string): errors.AccessDenied {
  const error = new errors.AccessDenied(description);
  return Object.assign(error, { status: 403, statusCode: 403, error_detail: description });
}
