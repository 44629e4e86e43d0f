import type { AccountPhrases } from '@latchkey/phrases/account';
import { fillPhrase } from '@latchkey/phrases/sign-in';
import type { AccountPage, AccountPageName, AccountPageOf } from '@latchkey/server/contract';
import type { ComponentType } from 'preact';
import { ConfirmPage } from './pages/confirm.tsx';
import { BackupCodesPage, PasskeyAddPage, PasskeyNamePage, PasskeysPage, TotpPage } from './pages/factors.tsx';
import { ApplicationsPage, OrganizationsPage, SessionsPage } from './pages/holdings.tsx';
import { KeepPage, KeptPage, LeavingPage } from './pages/leaving.tsx';
import { LinkedPage, SocialPage } from './pages/linked.tsx';
import { DonePage, OffPage, ProblemPage, SignedOutPage } from './pages/outside.tsx';
import { AnswersPage, ProfilePage, TextPage } from './pages/profile.tsx';
import { AddressCodePage, AddressPage, PasswordPage, SecurityPage } from './pages/security.tsx';
import { DataPage, TokenNewPage, TokensPage } from './pages/tokens.tsx';
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
  'account-security': { title: ({ sections }) => sections.security, Component: SecurityPage },
  'account-password': {
    title: ({ password }, { isSet }) => (isSet ? password.titleChange : password.titleSet),
    Component: PasswordPage,
  },
  'account-address': {
    title: ({ address }, { channel }) => (channel === 'email' ? address.titleEmail : address.titlePhone),
    Component: AddressPage,
  },
  'account-address-code': {
    title: ({ address }, { channel }) => (channel === 'email' ? address.codeTitleEmail : address.codeTitlePhone),
    Component: AddressCodePage,
  },
  'account-totp': {
    title: ({ totp }, { replaces }) => (replaces ? totp.titleReplace : totp.title),
    Component: TotpPage,
  },
  'account-passkeys': { title: ({ passkeys }) => passkeys.title, Component: PasskeysPage },
  'account-passkey-add': { title: ({ passkeys }) => passkeys.addTitle, Component: PasskeyAddPage },
  'account-passkey-name': { title: ({ passkeys }) => passkeys.nameTitle, Component: PasskeyNamePage },
  'account-backup-codes': { title: ({ backupCodes }) => backupCodes.title, Component: BackupCodesPage },
  'account-linked': { title: ({ sections }) => sections.linked, Component: LinkedPage },
  'account-social': {
    title: ({ linked }, { replace, account: { name: provider } }) =>
      fillPhrase(replace ? linked.titleChange : linked.title, { provider }),
    Component: SocialPage,
  },
  'account-sessions': { title: ({ sections }) => sections.sessions, Component: SessionsPage },
  'account-applications': { title: ({ sections }) => sections.applications, Component: ApplicationsPage },
  'account-organizations': { title: ({ sections }) => sections.organizations, Component: OrganizationsPage },
  'account-tokens': { title: ({ sections }) => sections.tokens, Component: TokensPage },
  'account-token-new': { title: ({ tokens }) => tokens.newTitle, Component: TokenNewPage },
  'account-data': { title: ({ sections }) => sections.data, Component: DataPage },
  'account-confirm': {
    title: ({ confirm }, { what, name = '' }) => fillPhrase(confirm[what].title, { name }),
    Component: ConfirmPage,
  },
  'account-verify': { title: ({ verify }) => verify.title, Component: VerifyPage },
  'account-off': { title: ({ off }) => off.title, Component: OffPage },
  'account-problem': { title: ({ problem }) => problem.title, Component: ProblemPage },
  'account-done': { title: ({ done }) => done.title, Component: DonePage },
  'account-leaving': { title: ({ leaving }) => leaving.title, Component: LeavingPage },
  'account-keep': { title: ({ keep }) => keep.title, Component: KeepPage },
  'account-kept': { title: ({ kept }) => kept.title, Component: KeptPage },
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
