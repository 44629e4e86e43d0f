const fieldsOf = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};

const shown = (value: unknown): string =>
  value === undefined || value === null ? '' : typeof value === 'string' ? value : JSON.stringify(value);

/** A field with what it was and what it is, as texts side by side. */
export interface Change {
  field: string;
  before: string;
  after: string;
}

/** A difference as the server tells it. */
export const shownChange = (told: { path: string; before?: unknown; after?: unknown }): Change => ({
  field: told.path,
  before: shown(told.before),
  after: shown(told.after),
});

/** The fields that differ between two states. */
export function changesOf(before: unknown, after: unknown): Change[] {
  const [from, to] = [fieldsOf(before), fieldsOf(after)];
  return [...new Set([...Object.keys(from), ...Object.keys(to)])]
    .map((path) => shownChange({ path, before: from[path], after: to[path] }))
    .filter((change) => change.before !== change.after);
}
