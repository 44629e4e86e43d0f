import type { SignInPhrases } from '@latchkey/phrases/sign-in';

type Problem = SignInPhrases['problems']['unknown'];

/** The words for an error that ended the flow; general ones for a code without its own. */
export function problemOf(phrases: SignInPhrases, code: string): Problem {
  const known: Record<string, Problem> = phrases.problems;
  return (Object.hasOwn(known, code) ? known[code] : undefined) ?? phrases.problems.unknown;
}
