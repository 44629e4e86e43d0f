import { isDeepStrictEqual } from 'node:util';
import type { Difference } from './audit-logs.contract.ts';

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What differs between two states, field by field; lists are compared as a whole, because their order is meant. */
export function differences(before: unknown, after: unknown, path = ''): Difference[] {
  if (isDeepStrictEqual(before, after)) return [];
  // An object that came or went is told field by field too.
  if ((isObject(before) || isAbsent(before)) && (isObject(after) || isAbsent(after))) {
    const [from, to] = [before ?? {}, after ?? {}];
    const names = [...new Set([...Object.keys(from), ...Object.keys(to)])];
    const found = names.flatMap((name) => differences(from[name], to[name], path === '' ? name : `${path}.${name}`));
    if (found.length > 0 || path === '') return found;
  }
  return [{ path, before, after }];
}

const isAbsent = (value: unknown): value is null | undefined => value === null || value === undefined;
