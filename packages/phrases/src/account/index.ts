import type { SignInLanguage } from '../sign-in/languages.ts';
import { en } from './en.ts';

/** Every text of the account center; a language that misses one does not compile. */
export type AccountPhrases = typeof en;

/** A server reads the languages that its visitors read, each when the first of them comes. */
const loaders: Record<SignInLanguage, () => Promise<AccountPhrases>> = {
  ar: async () => (await import('./ar.ts')).ar,
  cs: async () => (await import('./cs.ts')).cs,
  de: async () => (await import('./de.ts')).de,
  en: async () => en,
  es: async () => (await import('./es.ts')).es,
  'fa-IR': async () => (await import('./fa-IR.ts')).faIr,
  fr: async () => (await import('./fr.ts')).fr,
  it: async () => (await import('./it.ts')).it,
  ja: async () => (await import('./ja.ts')).ja,
  ko: async () => (await import('./ko.ts')).ko,
  'pl-PL': async () => (await import('./pl-PL.ts')).plPl,
  'pt-BR': async () => (await import('./pt-BR.ts')).ptBr,
  'pt-PT': async () => (await import('./pt-PT.ts')).ptPt,
  ru: async () => (await import('./ru.ts')).ru,
  th: async () => (await import('./th.ts')).th,
  'tr-TR': async () => (await import('./tr-TR.ts')).trTr,
  'uk-UA': async () => (await import('./uk-UA.ts')).ukUa,
  'zh-CN': async () => (await import('./zh-CN.ts')).zhCn,
  'zh-HK': async () => (await import('./zh-HK.ts')).zhHk,
  'zh-TW': async () => (await import('./zh-TW.ts')).zhTw,
};

const isKnown = (tag: string): tag is SignInLanguage => Object.hasOwn(loaders, tag);

/** The texts in exactly this language; English where a tenant has added a language of its own. */
export const loadAccountPhrases = (tag: string): Promise<AccountPhrases> => loaders[isKnown(tag) ? tag : 'en']();
