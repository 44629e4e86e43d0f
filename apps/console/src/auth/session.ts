import LogtoClient, { type IdTokenClaims } from '@logto/browser';
import type { ConsoleConfig } from '../config.ts';

/** The operator's sign-in to the Console, by the stock browser SDK. */
export type Session = {
  isSignedIn: () => Promise<boolean>;
  /** Leaves for the sign-in page and comes back to `returnTo`. */
  signIn: (returnTo: string) => Promise<void>;
  /** Leaves for the register page, which lets the first administrator in by the set-up token. */
  register: (setUpToken: string) => Promise<void>;
  finishSignIn: (callbackUrl: string) => Promise<void>;
  signOut: () => Promise<void>;
  accessToken: () => Promise<string>;
  /** Makes the next `accessToken()` ask the server, for when the cached one was refused. */
  forgetAccessToken: () => Promise<void>;
  claims: () => Promise<IdTokenClaims>;
};

export const consoleClientId = 'admin-console';

/** Creates the session of this page; `consoleUrl` is the Console's own address without a slash at its end. */
export function createSession(config: ConsoleConfig, consoleUrl: string): Session {
  const client = new LogtoClient({
    endpoint: config.adminEndpoint,
    appId: consoleClientId,
    resources: [config.managementResource],
    scopes: ['all'],
  });
  const redirectUri = `${consoleUrl}/callback`;

  return {
    isSignedIn: () => client.isAuthenticated(),
    signIn: (returnTo) => client.signIn({ redirectUri, postRedirectUri: returnTo }),
    register: (setUpToken) =>
      client.signIn({
        redirectUri,
        postRedirectUri: `${consoleUrl}/get-started`,
        firstScreen: 'register',
        extraParams: { setup_token: setUpToken },
      }),
    finishSignIn: (callbackUrl) => client.handleSignInCallback(callbackUrl),
    signOut: () => client.signOut(consoleUrl),
    accessToken: () => client.getAccessToken(config.managementResource),
    forgetAccessToken: () => client.clearAccessToken(),
    claims: () => client.getIdTokenClaims(),
  };
}
