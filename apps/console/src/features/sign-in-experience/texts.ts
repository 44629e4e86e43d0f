import type { Translation } from '@latchkey/server/contract';

type Texts = { readonly [key: string]: unknown };

/** Texts as a flat list: the path of each within its group, such as `action.sign_in`. */
export function flatten(texts: Texts, above = ''): [path: string, text: string][] {
  return Object.entries(texts).flatMap(([key, value]): [string, string][] => {
    const path = above ? `${above}.${key}` : key;
    if (typeof value === 'string') return [[path, value]];
    return typeof value === 'object' && value !== null ? flatten(value as Texts, path) : [];
  });
}

/** The opposite of `flatten`; an empty text is one that was not written, and is left out. */
export function unflatten(texts: Record<string, string>): Translation {
  const root: Translation = {};
  for (const [path, text] of Object.entries(texts)) {
    if (text === '') continue;
    const keys = path.split('.');
    const last = keys.pop() ?? '';
    let group = root;
    for (const key of keys) {
      const inner = group[key];
      const next: Translation = typeof inner === 'object' ? inner : {};
      group[key] = next;
      group = next;
    }
    group[last] = text;
  }
  return root;
}
