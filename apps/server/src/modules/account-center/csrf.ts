import { createHmac } from 'node:crypto';
import { equalSecrets } from '../../kernel/secrets.ts';
import { hasForeignSender } from '../sign-in/index.ts';
import { fail } from './account-center.errors.ts';
import type { Visit } from './visits.ts';

/** The token that every form of a browser's session carries. */
export const csrfToken = (key: Buffer, { scope, session }: Pick<Visit, 'scope' | 'session'>): string =>
  createHmac('sha256', key).update(`${scope.tenantId}:${session.id}`).digest('base64url');

/** Refuses a form that was not sent from a page of this session: the token decides, the browser must not contradict it. */
export function checkForm(key: Buffer, visit: Visit, token: unknown): void {
  if (hasForeignSender(visit.request) || typeof token !== 'string' || !equalSecrets(token, csrfToken(key, visit))) {
    throw fail('session.csrf_token_mismatch');
  }
}
