import { englishOrJapanese } from '../two-languages.ts';
import { en } from './en.ts';
import { ja } from './ja.ts';

export type GatePhrases = Record<keyof typeof en, string>;

/** The words in the first of `languages` (BCP 47 tags, best first) that there is, else English, with its tag. */
export function gatePhrases(languages: readonly string[]): { language: 'en' | 'ja'; phrases: GatePhrases } {
  const language = englishOrJapanese(languages);
  return { language, phrases: language === 'ja' ? ja : en };
}
