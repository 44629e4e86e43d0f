import type { SignInLanguage } from '../sign-in/languages.ts';
import { en } from './en.ts';

/** Every text of the account center; a language that misses one does not compile. */
export type AccountPhrases = typeof en;

/** A server reads the languages that its visitors read, each when the first of them comes. */
const loaders: Partial<Record<SignInLanguage, () => Promise<AccountPhrases>>> = {
  ar: async () => (await import('./ar.ts')).ar,
  de: async () => (await import('./de.ts')).de,
  en: async () => en,
  es: async () => (await import('./es.ts')).es,
  fr: async () => (await import('./fr.ts')).fr,
  ja: async () => (await import('./ja.ts')).ja,
  'zh-CN': async () => (await import('./zh-CN.ts')).zhCn,
  'zh-HK': async () => (await import('./zh-HK.ts')).zhHk,
  'zh-TW': async () => (await import('./zh-TW.ts')).zhTw,
};

const isKnown = (tag: string): tag is SignInLanguage => Object.hasOwn(loaders, tag);

/** The texts in exactly this language; English where nobody has written it yet. */
export const loadAccountPhrases = async (tag: string): Promise<AccountPhrases> =>
  (isKnown(tag) ? await loaders[tag]?.() : undefined) ?? en;
