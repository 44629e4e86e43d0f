/** Deeper objects are nobody's data, and whoever walks through them by recursion runs out of stack. */
const MAX_DEPTH = 100;

/** PostgreSQL keeps no null character, and no half of a surrogate pair in JSON. */
const isStorable = (text: string): boolean => text.isWellFormed() && !text.includes('\0');

/** Where what came in cannot be stored, and why; undefined when all of it can be. */
export function findUnstorable(value: unknown, name: string): string | undefined {
  const waiting = [{ value, path: name, depth: 0 }];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { path, depth } = next;
    if (typeof next.value === 'string' && !isStorable(next.value)) {
      return `${path}: must not contain a null character or half of a surrogate pair`;
    }
    if (typeof next.value !== 'object' || next.value === null || !isPlain(next.value)) continue;
    if (depth === MAX_DEPTH) return `${name}: must not be nested deeper than ${MAX_DEPTH} levels`;
    for (const [key, inner] of Object.entries(next.value)) {
      if (!isStorable(key)) return `${path}: no name may contain a null character or half of a surrogate pair`;
      waiting.push({ value: inner, path: `${path}.${key}`, depth: depth + 1 });
    }
  }
  return undefined;
}

/** What JSON, a query or a form is read into; files and streams are not. */
function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return Array.isArray(value) || prototype === null || Object.getPrototypeOf(prototype) === null;
}
