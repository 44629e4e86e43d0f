import { type SignInPhrases, signInPhrases } from '@latchkey/phrases/sign-in';
import type { SignInPages } from '@latchkey/server/contract';
import { renderToString } from 'preact-render-to-string';
import { Document } from './document.tsx';

export const languages: SignInPages['languages'] = Object.keys(signInPhrases);

/** The language itself, or without its region, or English. */
function closest(asked: string): string {
  return [asked, asked.split('-')[0] ?? ''].find((tag) => Object.hasOwn(signInPhrases, tag)) ?? 'en';
}

/** Built-in texts of a language, without its region, or in English; and which of these it is. */
function builtIn(asked: string): { language: string; phrases: SignInPhrases } {
  const language = closest(asked);
  const phrases = signInPhrases[language];
  if (!phrases) throw new TypeError(`No phrases for ${language}`);
  return { language, phrases };
}

export const render: SignInPages['render'] = (page, own) => {
  // The tenant's own texts are whole, and in the very language of the frame.
  const { language, phrases } = own
    ? { language: page.frame.language, phrases: own as SignInPhrases }
    : builtIn(page.frame.language);
  return `<!doctype html>${renderToString(<Document page={page} language={language} phrases={phrases} />)}`;
};

export { samples } from './samples.ts';
