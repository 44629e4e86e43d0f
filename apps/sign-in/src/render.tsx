import { signInPhrases } from '@latchkey/phrases/sign-in';
import type { SignInPages } from '@latchkey/server/contract';
import { renderToString } from 'preact-render-to-string';
import { Document } from './document.tsx';

export const languages: SignInPages['languages'] = Object.keys(signInPhrases);

/** The language itself, or without its region, or English. */
function closest(asked: string): string {
  return [asked, asked.split('-')[0] ?? ''].find((tag) => Object.hasOwn(signInPhrases, tag)) ?? 'en';
}

export const render: SignInPages['render'] = (page) => {
  const language = closest(page.frame.language);
  const phrases = signInPhrases[language];
  if (!phrases) throw new TypeError(`No phrases for ${language}`);
  return `<!doctype html>${renderToString(<Document page={page} language={language} phrases={phrases} />)}`;
};
