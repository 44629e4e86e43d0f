import { createContext, Script } from 'node:vm';

/**
 * How long the rules of an application may take over one path: an expression may try for ever (ReDoS). A busy machine
 * must not be taken for one that does, so it is long, and who runs into it this often is not tried again.
 */
const PATIENCE_MS = 500;
const MAX_RUNAWAYS = 3;

const anyMatches = new Script('rules.some((rule) => paths.some((path) => rule.test(path)))');

/**
 * The forms of a path that a web app may take it for: as it was sent, decoded, and without doubled slashes. The two
 * sides seldom agree on all of them, and a rule that sees only one could be walked around.
 */
function formsOf(path: string): string[] | undefined {
  let decoded: string;
  try {
    decoded = decodeURIComponent(path);
  } catch {
    return undefined;
  }
  // What changes again when it is decoded once more was made to mislead somebody.
  if (/%[0-9a-f]{2}/i.test(decoded)) return undefined;
  const plain = decoded.replaceAll('\\', '/').replace(/\/{2,}/g, '/');
  return [...new Set([path, decoded, plain])];
}

/** Whether a path needs a sign-in. What cannot be judged does. */
export type NeedsSignIn = (path: string) => boolean;

/** Rules as an application has them. They match in any case, because many a web app does. */
export function createPageRules(patterns: readonly string[], onRunaway: () => void): NeedsSignIn {
  if (patterns.length === 0) return () => true;
  // An exception in a rule (`(?!…)`) must not grow by the second flag: one of the two that matches is enough.
  const rules = patterns.flatMap((pattern) => [new RegExp(pattern), new RegExp(pattern, 'i')]);
  const context = createContext({ rules, paths: [] as string[] });
  let runaways = 0;
  return (path) => {
    const paths = formsOf(path);
    if (paths === undefined || runaways >= MAX_RUNAWAYS) return true;
    context.paths = paths;
    try {
      return anyMatches.runInContext(context, { timeout: PATIENCE_MS }) !== false;
    } catch {
      runaways++;
      onRunaway();
      return true;
    }
  };
}
