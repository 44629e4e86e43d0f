import type { AccountPhrases } from '@latchkey/phrases/account';
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';

/** The account center's words in the user's language. */
export const WordsContext = createContext<AccountPhrases | null>(null);

export function useWords(): AccountPhrases {
  const words = useContext(WordsContext);
  if (!words) throw new TypeError('A part of an account page was rendered outside of a page.');
  return words;
}
