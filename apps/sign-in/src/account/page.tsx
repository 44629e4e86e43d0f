import type { AccountPhrases } from '@latchkey/phrases/account';
import type { AccountPage, AccountPageName, AccountPageOf } from '@latchkey/server/contract';
import type { ComponentType } from 'preact';
import { DonePage, OffPage, ProblemPage, SignedOutPage } from './pages/outside.tsx';
import { AnswersPage, ProfilePage, TextPage } from './pages/profile.tsx';
import { VerifyPage } from './pages/verify.tsx';
import { useWords } from './words.ts';

type Pages = {
  [Name in AccountPageName]: {
    title: (words: AccountPhrases, page: AccountPageOf<Name>) => string;
    Component: ComponentType<{ page: AccountPageOf<Name>; title: string }>;
  };
};

const pages: Pages = {
  'account-profile': { title: ({ sections }) => sections.profile, Component: ProfilePage },
  'account-text': { title: (words, { what }) => words[what].title, Component: TextPage },
  'account-answers': { title: ({ answers }) => answers.title, Component: AnswersPage },
  'account-verify': { title: ({ verify }) => verify.title, Component: VerifyPage },
  'account-off': { title: ({ off }) => off.title, Component: OffPage },
  'account-problem': { title: ({ problem }) => problem.title, Component: ProblemPage },
  'account-done': { title: ({ done }) => done.title, Component: DonePage },
  'account-signed-out': { title: ({ signedOut }) => signedOut.title, Component: SignedOutPage },
};

interface AnyPage {
  title: (words: AccountPhrases, page: AccountPage) => string;
  Component: ComponentType<{ page: AccountPage; title: string }>;
}

const partsOf = (page: AccountPage) => pages[page.page] as AnyPage;

/** A page's heading, which is also what the browser's tab says. */
export const accountTitle = (page: AccountPage, words: AccountPhrases): string => partsOf(page).title(words, page);

/** The page that a model is for. */
export function Page({ page }: { page: AccountPage }) {
  const words = useWords();
  const { Component, title } = partsOf(page);
  return <Component page={page} title={title(words, page)} />;
}
