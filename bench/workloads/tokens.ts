import { CONNECTIONS, expectJson, form, type Load, send, stateful, stateless } from '../load.ts';
import type { Server } from '../server.ts';
import { createPerson, signIn } from './sign-in.ts';

/** The audience of the Management API of the tenant that answers at the root. */
export const MANAGEMENT_API = 'https://default.logto.app/api';

export interface Machine {
  id: string;
  secret: string;
}

export const createMachine = (server: Server): Promise<Machine> =>
  server.cli('app', 'create', '--type', 'MachineToMachine', '--name', 'Bench machine', '--management-api');

const clientCredentials = ({ id, secret }: Machine) =>
  form({
    grant_type: 'client_credentials',
    client_id: id,
    client_secret: secret,
    resource: MANAGEMENT_API,
    scope: 'all',
  });

/** A token for the Management API, as a header. */
export async function bearerOf(server: Server, machine: Machine): Promise<{ authorization: string }> {
  const answer = await send(`${server.origin}/oidc/token`, clientCredentials(machine));
  return { authorization: `Bearer ${expectJson<{ access_token: string }>(answer).access_token}` };
}

export const clientCredentialsLoad = (server: Server, machine: Machine): Load =>
  stateless(server.origin, [{ path: '/oidc/token', ...clientCredentials(machine) }]);

/** Opaque tokens of signed-in people, one a connection, with what renews them. */
export interface Session {
  clientId: string;
  accessToken: string;
  refreshToken: string;
}

export async function createSessions(server: Server, authorization: { authorization: string }): Promise<Session[]> {
  const app = await server.cli<{ id: string }>(
    ...['app', 'create', '--type', 'Native', '--name', 'Bench app', '--redirect-uri', 'http://127.0.0.1:9/callback'],
  );
  const sessions: Session[] = [];
  for (let index = 0; index < CONNECTIONS; index++) {
    const person = await createPerson(server, authorization, `bench_session_${index}`);
    const tokens = await signIn(server, app.id, person);
    sessions.push({ clientId: app.id, accessToken: tokens.access_token, refreshToken: tokens.refresh_token });
  }
  return sessions;
}

/** A public client's token is replaced at each use; each connection goes on with the successor. */
export const refreshLoad = (server: Server, sessions: readonly Session[], request: Record<string, string> = {}): Load =>
  stateful(sessions.length, (index) => {
    const session = sessions[index];
    if (!session) throw new Error('a session is missing');
    return async () => {
      const answer = await send(
        `${server.origin}/oidc/token`,
        form({
          grant_type: 'refresh_token',
          client_id: session.clientId,
          refresh_token: session.refreshToken,
          ...request,
        }),
      );
      const tokens = expectJson<{ refresh_token: string; id_token: string }>(answer);
      if (tokens.refresh_token === session.refreshToken || !tokens.id_token) throw new Error('nothing was rotated');
      session.refreshToken = tokens.refresh_token;
    };
  });

export const userinfoLoad = (server: Server, sessions: readonly Session[]): Load =>
  stateless(
    server.origin,
    sessions.map(({ accessToken }) => ({ path: '/oidc/me', headers: { authorization: `Bearer ${accessToken}` } })),
  );

/** Asked by a confidential client of the tenant's own, by its secret in the header. */
export function introspectionLoad(server: Server, sessions: readonly Session[], machine: Machine): Load {
  const basic = Buffer.from(`${machine.id}:${machine.secret}`).toString('base64');
  return stateless(
    server.origin,
    sessions.map(({ accessToken }) => {
      const { headers, ...posted } = form({ token: accessToken });
      return {
        path: '/oidc/token/introspection',
        ...posted,
        headers: { ...headers, authorization: `Basic ${basic}` },
      };
    }),
  );
}
