import type { SignInPhrases } from '@latchkey/phrases/sign-in';
import type { PageOf } from '@latchkey/server/contract';

type Problem = SignInPhrases['problems']['unknown'];
type ProblemCode = keyof SignInPhrases['problems'];

/** Codes that mean the same to the person who reads the page as another one. */
const sameAs: Record<string, ProblemCode> = {
  'connector.social_auth_code_invalid': 'connector.authorization_failed',
  'connector.social_invalid_access_token': 'connector.invalid_response',
  'connector.social_invalid_id_token': 'connector.invalid_response',
  'operator_link.not_valid': 'setup.token_invalid',
  invalid_scope: 'invalid_request',
  invalid_target: 'invalid_request',
  unauthorized_client: 'invalid_request',
  unsupported_response_type: 'invalid_request',
  unsupported_response_mode: 'invalid_request',
};

function wordsFor(phrases: SignInPhrases, code: string): Problem | undefined {
  const known: Record<string, Problem> = phrases.problems;
  if (Object.hasOwn(known, code)) return known[code];
  return Object.hasOwn(sameAs, code) ? known[sameAs[code] ?? code] : undefined;
}

/** The words for an error that ended the flow; general ones for a code without its own. */
export function problemOf(phrases: SignInPhrases, { code, data }: Pick<PageOf<'error'>, 'code' | 'data'>): Problem {
  // RFC 6749 §4.1.2.1: the user said no at the provider, which is no failure.
  if (code === 'connector.authorization_failed' && data?.error === 'access_denied') {
    return phrases.problems['connector.cancelled'];
  }
  // The API prefixes OAuth errors.
  return wordsFor(phrases, code) ?? wordsFor(phrases, code.replace(/^oidc\./, '')) ?? phrases.problems.unknown;
}
