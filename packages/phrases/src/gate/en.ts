/** The pages at the host of a protected application, where the app behind cannot answer. */
export const en = {
  deniedTitle: 'You cannot open this app',
  deniedLead: 'You are signed in, but you have no access to it. Ask whoever runs it, or use another account.',
  failedTitle: 'Signing in did not work',
  failedLead: 'The sign-in took too long, was cancelled, or began in another browser. Nothing was changed.',
  unreachableTitle: 'The app does not answer',
  unreachableLead: 'You got this far, but the app behind could not be reached. Try again in a moment.',
  brokenTitle: 'Something went wrong',
  brokenLead: 'The request could not be answered. Try again in a moment.',
  again: 'Try again',
  signOut: 'Sign out',
};
