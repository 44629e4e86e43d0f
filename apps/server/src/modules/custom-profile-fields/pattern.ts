import { runInNewContext } from 'node:vm';

const TIME_LIMIT_MS = 50;

/** The expression that a whole value must match, or undefined when it is none. */
export function compilePattern(pattern: string): RegExp | undefined {
  try {
    return pattern === '' ? undefined : new RegExp(`^(?:${pattern})$`, 'u');
  } catch {
    return undefined;
  }
}

/**
 * Whether a value matches. The pattern is a tenant's and the value a stranger's, and together they may backtrack for
 * ever, so the match is given a time limit; a value that exceeds it does not match. (A context of `vm` is no sandbox:
 * all that runs in it is this one line.)
 */
export function matchesPattern(pattern: string, value: string): boolean {
  const expression = compilePattern(pattern);
  if (!expression) return false;
  try {
    return runInNewContext('expression.test(value)', { expression, value }, { timeout: TIME_LIMIT_MS }) === true;
  } catch {
    return false;
  }
}
