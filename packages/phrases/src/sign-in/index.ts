import { en } from './en.ts';
import { type SignInLanguage, signInLanguages } from './languages.ts';

/** Every text of the hosted pages; a language that misses one does not compile. */
export type SignInPhrases = typeof en;

/** The texts of the language that the others are measured by, and that stand in where a language is silent. */
export const englishPhrases: SignInPhrases = en;

/** A server reads the languages that its visitors read, each when the first of them comes. */
const loaders: Record<SignInLanguage, () => Promise<SignInPhrases>> = {
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

const isSignInLanguage = (tag: string): tag is SignInLanguage => Object.hasOwn(signInLanguages, tag);

/** The built-in texts in exactly this language, if there are any. */
export async function loadSignInPhrases(tag: string): Promise<SignInPhrases | undefined> {
  return isSignInLanguage(tag) ? loaders[tag]() : undefined;
}

/** A piece of a phrase: plain text, or the name of a variable to put in its place. */
export type PhrasePart = { text: string } | { variable: string };

/** Splits `Sign in to {{application}}` into its text and its variables, in order. */
export function phraseParts(phrase: string): PhrasePart[] {
  return phrase
    .split(/\{\{(\w+)\}\}/)
    .map((piece, index) => (index % 2 === 0 ? { text: piece } : { variable: piece }))
    .filter((part) => !('text' in part) || part.text !== '');
}

/** Fills a phrase with plain values; the result is text, to be escaped by whoever shows it. */
export function fillPhrase(phrase: string, values: Record<string, string | number>): string {
  return phraseParts(phrase)
    .map((part) => ('text' in part ? part.text : String(values[part.variable] ?? '')))
    .join('');
}
