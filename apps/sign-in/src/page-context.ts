import type { SignInPhrases } from '@latchkey/phrases/sign-in';
import type { PageFrame } from '@latchkey/server/contract';
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';

interface PageContext {
  frame: PageFrame;
  phrases: SignInPhrases;
}

/** What every part of a page may need: the frame, and the words of the user's language. */
export const PageContext = createContext<PageContext | null>(null);

export function usePage(): PageContext {
  const page = useContext(PageContext);
  if (!page) throw new TypeError('A part of a sign-in page was rendered outside of a page.');
  return page;
}
