import { fillPhrase, type SignInPhrases } from '@latchkey/phrases/sign-in';
import type { PageModel } from '@latchkey/server/contract';
import { problemOf } from './problems.ts';

/** The shorter title when the application has no name to show. */
function withApplication(name: string | undefined, named: string, unnamed: string): string {
  return name ? fillPhrase(named, { application: name }) : unnamed;
}

/** A page's heading, which is also what the browser's tab says. */
export function pageTitle(page: PageModel, phrases: SignInPhrases): string {
  switch (page.page) {
    case 'sign-in':
      return withApplication(page.applicationName, phrases.signIn.titleFor, phrases.signIn.title);
    case 'register':
      if (page.isFirstAdministrator) return phrases.register.titleFirstAdministrator;
      return withApplication(page.applicationName, phrases.register.titleFor, phrases.register.title);
    case 'profile':
      return phrases.profile.title;
    case 'link-account':
      return phrases.linkAccount.title;
    case 'set-password':
      return phrases.setPassword.title;
    case 'consent':
      return fillPhrase(phrases.consent.title, { application: page.application.name });
    case 'sign-out':
      return withApplication(page.applicationName, phrases.signOut.titleFor, phrases.signOut.title);
    case 'signed-out':
      return phrases.signedOut.title;
    case 'error':
      return fillPhrase(problemOf(phrases, page).title, page.data ?? {});
    case 'session-lost':
      return phrases.sessionLost.title;
    case 'suspended':
      return phrases.suspended.title;
    case 'not-found':
      return phrases.notFound.title;
  }
}
