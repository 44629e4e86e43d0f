import type { Translation } from './custom-phrases.contract.ts';

/** The built-in texts of a language, of any shape. */
type Texts = { readonly [key: string]: unknown };

const isGroup = (value: unknown): value is Texts => typeof value === 'object' && value !== null;

/** Paths of a translation that the built-in texts do not have, or have as something else. */
export function unknownPaths(translation: Translation, builtIn: Texts, above: readonly string[] = []): string[] {
  return Object.entries(translation).flatMap(([key, value]) => {
    const known = Object.hasOwn(builtIn, key) ? builtIn[key] : undefined;
    const path = [...above, key];
    if (typeof value === 'string') return typeof known === 'string' ? [] : [path.join('.')];
    return isGroup(known) ? unknownPaths(value, known, path) : [path.join('.')];
  });
}

/** The built-in texts with the tenant's own in their places; a text that is empty is one that was not written. */
export function mergeTexts<Built extends Texts>(builtIn: Built, own: Translation): Built {
  const merged = Object.entries(builtIn).map(([key, known]) => {
    const value = Object.hasOwn(own, key) ? own[key] : undefined;
    if (isGroup(known) && isGroup(value)) return [key, mergeTexts(known, value as Translation)];
    return [key, typeof value === 'string' && typeof known === 'string' && value !== '' ? value : known];
  });
  return Object.fromEntries(merged) as Built;
}
