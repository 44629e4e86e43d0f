import { fillPhrase, type SignInPhrases } from '@latchkey/phrases/sign-in';
import type { PageModel, PageName, PageOf } from '@latchkey/server/contract';
import { problemOf } from './problems.ts';

/** The shorter title when the application has no name to show. */
function withApplication(name: string | undefined, named: string, unnamed: string): string {
  return name ? fillPhrase(named, { application: name }) : unnamed;
}

type Titles = { [Name in PageName]: (phrases: SignInPhrases, page: PageOf<Name>) => string };

const titles: Titles = {
  'sign-in': ({ signIn }, page) => withApplication(page.applicationName, signIn.titleFor, signIn.title),
  'enter-password': ({ enterPassword }) => enterPassword.title,
  'enter-code': ({ enterCode }, { channel }) => (channel === 'phone' ? enterCode.titlePhone : enterCode.title),
  register: ({ register }, page) =>
    page.isFirstAdministrator
      ? register.titleFirstAdministrator
      : withApplication(page.applicationName, register.titleFor, register.title),
  'offer-register': ({ offerRegister }) => offerRegister.title,
  'offer-sign-in': ({ offerSignIn }) => offerSignIn.title,
  'forgot-password': ({ forgotPassword }) => forgotPassword.title,
  'reset-password': ({ resetPassword }) => resetPassword.title,
  'set-password': ({ setPassword }) => setPassword.title,
  profile: ({ profile }) => profile.title,
  'link-account': ({ linkAccount }) => linkAccount.title,
  'single-sign-on': ({ singleSignOn }, { choices }) =>
    choices.length > 0 ? singleSignOn.chooseTitle : singleSignOn.title,
  'one-time-token': ({ oneTimeToken }, { address }) => fillPhrase(oneTimeToken.title, { address }),
  'one-tap': ({ oneTimeToken }, { account }) => fillPhrase(oneTimeToken.title, { address: account }),
  'switch-account': ({ switchAccount }) => switchAccount.title,
  'link-ended': ({ linkEnded }, { why }) => linkEnded[why].title,
  'mfa-verify': ({ mfaVerify }) => mfaVerify.title,
  'mfa-setup': ({ mfaSetup }, { reason }) => (reason === 'another' ? mfaSetup.titleAnother : mfaSetup.title),
  'bind-totp': ({ bindTotp }) => bindTotp.title,
  'bind-passkey': ({ bindPasskey }, page) => (page.purpose === 'sign-in' ? bindPasskey.titleSignIn : bindPasskey.title),
  'bind-backup-codes': ({ backupCodes }) => backupCodes.title,
  'bind-address': ({ bindAddress }, page) =>
    page.channel === 'email' ? bindAddress.titleEmail : bindAddress.titlePhone,
  consent: ({ consent }, page) => fillPhrase(consent.title, { application: page.application.name }),
  device: ({ device }) => device.title,
  'device-confirm': ({ deviceConfirm }, page) => fillPhrase(deviceConfirm.title, { application: page.applicationName }),
  'device-done': ({ deviceDone }) => deviceDone.title,
  'sign-out': ({ signOut, switchAccount }, page) =>
    page.isSwitch ? switchAccount.title : withApplication(page.applicationName, signOut.titleFor, signOut.title),
  'hand-over': ({ signIn }, page) => withApplication(page.applicationName, signIn.titleFor, signIn.title),
  'signed-out': ({ signedOut }) => signedOut.title,
  invitation: ({ invitation }, { organization }) => fillPhrase(invitation.title, { organization }),
  'invitation-ended': ({ invitationEnded }, { outcome, organization }) =>
    fillPhrase(invitationEnded[outcome].title, { organization }),
  'mfa-recovery': ({ mfaRecovery }) => mfaRecovery.title,
  error: (phrases, page) => fillPhrase(problemOf(phrases, page).title, page.data ?? {}),
  'session-lost': ({ sessionLost }) => sessionLost.title,
  suspended: ({ suspended }) => suspended.title,
  'not-found': ({ notFound }) => notFound.title,
};

/** A page's heading, which is also what the browser's tab says. */
export function pageTitle(page: PageModel, phrases: SignInPhrases): string {
  const title = titles[page.page] as (phrases: SignInPhrases, page: PageModel) => string;
  return title(phrases, page);
}
