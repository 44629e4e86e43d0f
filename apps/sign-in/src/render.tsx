import type { SignInPhrases } from '@latchkey/phrases/sign-in';
import type { SignInPages } from '@latchkey/server/contract';
import { renderToString } from 'preact-render-to-string';
import { Document } from './document.tsx';

export const render: SignInPages['render'] = (page, phrases) =>
  `<!doctype html>${renderToString(<Document page={page} phrases={phrases as SignInPhrases} />)}`;

export { samples } from './samples.ts';
