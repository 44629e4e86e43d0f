import { en } from './en.ts';
import { ja } from './ja.ts';

/** Every text of the hosted pages; a language that misses one does not compile. */
export type SignInPhrases = typeof en;

/** The languages the hosted pages are complete in, by BCP 47 tag. */
export const signInPhrases: Record<string, SignInPhrases> = { en, ja };

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
