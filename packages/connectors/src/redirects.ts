import { type ConnectorSession, readCode } from '@latchkey/connector-kit';

/** Sends the browser away with a provider's own parameter names; the state alone ties the answer to this sign-in. */
export function startRedirect(
  endpoint: string,
  request: { state: string; redirectUri: string },
  parameters: Readonly<Record<string, string | undefined>>,
): { uri: string; session: ConnectorSession } {
  const uri = new URL(endpoint);
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== undefined && value !== '') uri.searchParams.set(name, value);
  }
  return { uri: uri.href, session: { state: request.state, redirectUri: request.redirectUri } };
}

/** Reads the code of an answer that comes from an app's own SDK, which keeps the state to itself when it has one. */
export const readNativeCode = (
  params: Readonly<Record<string, string | undefined>>,
  session: ConnectorSession,
): string => readCode({ params: { ...params, state: params.state ?? session.state }, session });
