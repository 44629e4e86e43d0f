import { ApiError } from '../../api/api-error.ts';

type Issue = { path: (string | number)[]; message: string };

const isIssue = (value: unknown): value is Issue =>
  typeof value === 'object' &&
  value !== null &&
  'path' in value &&
  Array.isArray(value.path) &&
  'message' in value &&
  typeof value.message === 'string';

/**
 * The server's message for each configuration field it refused, from the issues its error body lists.
 * What is wrong inside of a field is told at its path, such as `templates.0.subject`, too.
 */
export function rejectedFields(error: unknown, keys: readonly string[]): Record<string, string> {
  if (!(error instanceof ApiError) || !Array.isArray(error.data)) return {};
  const rejected: Record<string, string> = {};
  for (const issue of error.data.filter(isIssue)) {
    const path = issue.path.join('.');
    const key = keys.find((candidate) => candidate === path) ?? keys.find((candidate) => candidate === issue.path[0]);
    if (key === undefined) continue;
    rejected[key] ??= issue.message;
    rejected[path] ??= issue.message;
  }
  return rejected;
}
