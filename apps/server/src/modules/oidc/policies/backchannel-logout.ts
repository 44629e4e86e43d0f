import type { Provider } from 'oidc-provider';

/** A logout token that an application is owed (OpenID Connect Back-Channel Logout 1.0 §2.4). */
export interface LogoutNotice {
  clientId: string;
  userId: string;
  /** The session as this application knows it; without one the token ends all of the user's. */
  sid: string | undefined;
}

/**
 * Lets logout tokens wait in the queue: an application that is slow or down keeps nobody from signing out.
 * Answers the function that sends one; it fails when the application does not take it.
 */
export function queueLogoutTokens(
  provider: Provider,
  queue: (notice: LogoutNotice) => Promise<void>,
): (notice: LogoutNotice) => Promise<void> {
  // The engine's types leave this method out; the end-session endpoint calls it for each application of the session.
  const prototype = provider.Client.prototype as unknown as {
    clientId: string;
    backchannelLogout(userId: string, sid: string | undefined): Promise<void>;
  };
  const send = prototype.backchannelLogout;
  prototype.backchannelLogout = function backchannelLogout(this: typeof prototype, userId, sid) {
    return queue({ clientId: this.clientId, userId, sid });
  };
  return async ({ clientId, userId, sid }) => {
    const client = await provider.Client.find(clientId);
    if (client?.backchannelLogoutUri) await send.call(client as unknown as typeof prototype, userId, sid);
  };
}
