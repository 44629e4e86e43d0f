import type { AccountPhrases } from '@latchkey/phrases/account';
import type { SignInPhrases } from '@latchkey/phrases/sign-in';
import type { AccountPages, SignInPages } from '@latchkey/server/contract';
import { renderToString } from 'preact-render-to-string';
import { AccountDocument } from './account/document.tsx';
import { Document } from './document.tsx';

export const render: SignInPages['render'] = (page, phrases) =>
  `<!doctype html>${renderToString(<Document page={page} phrases={phrases as SignInPhrases} />)}`;

export const renderAccount: AccountPages['renderAccount'] = (page, { signIn, account }) =>
  `<!doctype html>${renderToString(
    <AccountDocument page={page} signIn={signIn as SignInPhrases} words={account as AccountPhrases} />,
  )}`;

export { samples } from './samples.ts';
