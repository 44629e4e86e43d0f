import { en } from './en.ts';

/** Every text of the account center; a language that misses one does not compile. */
export type AccountPhrases = typeof en;

/** A server reads the languages that its visitors read, each when the first of them comes. */
const loaders: Record<string, () => Promise<AccountPhrases>> = {
  en: async () => en,
  ja: async () => (await import('./ja.ts')).ja,
};

/** The texts in exactly this language; English where nobody has written it. */
export const loadAccountPhrases = async (tag: string): Promise<AccountPhrases> =>
  Object.hasOwn(loaders, tag) ? ((await loaders[tag]?.()) ?? en) : en;
