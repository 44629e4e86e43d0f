import { en } from './en.ts';
import { ja } from './ja.ts';

export type ErrorPhrases = Record<keyof typeof en, string>;

const catalogues: Record<string, Partial<Record<string, string>>> = { en, ja };

/** Fills `{{name}}` from `data`; what is not there stays empty rather than showing its marker. */
function fill(text: string, data: unknown): string {
  const values = typeof data === 'object' && data !== null ? (data as Record<string, unknown>) : {};
  return text.replace(/\{\{(\w+)\}\}/g, (_, name: string) => {
    const value = values[name];
    return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
  });
}

/**
 * The sentence for an error code in the first of `languages` (BCP 47 tags, best first) that has it, else in English.
 * A code without a phrase is answered by its own name, so that it can still be looked up.
 */
export function errorPhrase(code: string, languages: readonly string[] = [], data?: unknown): string {
  for (const tag of languages) {
    const text = catalogues[tag]?.[code] ?? catalogues[tag.split('-')[0] ?? '']?.[code];
    if (text) return fill(text, data);
  }
  return fill((en as Partial<Record<string, string>>)[code] ?? code, data);
}

/** True when the code has a phrase; a test asks this for every code that the server can answer. */
export const hasErrorPhrase = (code: string): boolean => code in en;
