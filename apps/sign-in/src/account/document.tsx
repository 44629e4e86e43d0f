import type { AccountPhrases } from '@latchkey/phrases/account';
import { fillPhrase, type SignInPhrases } from '@latchkey/phrases/sign-in';
import type { AccountPage } from '@latchkey/server/contract';
import { Shell } from '../document.tsx';
import { PageContext } from '../page-context.ts';
import styles from './account.css?inline';
import { accountTitle, Page } from './page.tsx';
import { WordsContext } from './words.ts';

interface AccountDocumentProps {
  page: AccountPage;
  signIn: SignInPhrases;
  words: AccountPhrases;
}

/** A page of the account center: the document, the look and the parts of the sign-in pages, with words of its own. */
export function AccountDocument({ page, signIn, words }: AccountDocumentProps) {
  const { frame, errors } = page;
  // Both say what was wrong in a form; codes that only the account center has are in its own words.
  const phrases = { ...signIn, formErrors: { ...signIn.formErrors, ...words.errors } };
  const signals = 'passkeySignals' in page ? page.passkeySignals : undefined;
  const title = accountTitle(page, words);
  const said = errors.length > 0 ? fillPhrase(signIn.page.errorTitle, { title }) : title;
  return (
    <Shell
      frame={frame}
      title={said === words.account.title ? said : `${said} · ${words.account.title}`}
      name={page.page}
      css={styles}
      passkeys={{ 'data-passkey-signals': signals && JSON.stringify(signals) }}
    >
      <PageContext.Provider value={{ frame, phrases }}>
        <WordsContext.Provider value={words}>
          <Page page={page} />
        </WordsContext.Provider>
      </PageContext.Provider>
    </Shell>
  );
}
