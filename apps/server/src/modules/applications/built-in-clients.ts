import type { ClientRecord } from '../oidc/index.ts';
import { invitationPath } from '../organizations/index.ts';

/** Signs people in for the hosted page of an invitation. */
export const INVITATION_CLIENT = 'invitation';

/** Clients that exist without a row and appear in no list (clients.md 1.7). */
export interface BuiltInClientAddresses {
  /** Endpoint of the tenant. */
  endpoint: string;
  /** Origin that serves the Console; only for the admin tenant. */
  consoleOrigin: string | undefined;
}

/** The client by which the account center's pages, which the server draws, sign people in. */
export const ACCOUNT_CENTER_CLIENT = 'account-center';

const singlePageApp = (id: string, name: string, uris: string[]): ClientRecord => ({
  id,
  name,
  type: 'SPA',
  isThirdParty: false,
  appLevelAccessControlEnabled: false,
  oidcClientMetadata: { redirectUris: uris, postLogoutRedirectUris: uris },
  customClientMetadata: {},
  secrets: [],
});

/** The built-in client of this id, if the tenant has one. */
export function builtInClient(id: string, addresses: BuiltInClientAddresses): ClientRecord | undefined {
  if (id === 'demo-app') return singlePageApp(id, 'Demo app', [`${addresses.endpoint}/demo-app`]);
  if (id === INVITATION_CLIENT) {
    return { ...singlePageApp(id, 'Invitation', [`${addresses.endpoint}${invitationPath}`]), onlySignsIn: true };
  }
  if (id === ACCOUNT_CENTER_CLIENT) {
    const { endpoint } = addresses;
    const uris = [`${endpoint}/account/callback`, `${endpoint}/account/signed-out`];
    return { ...singlePageApp(id, 'Account center', uris), isHostedPage: true };
  }
  if (id === 'device-demo-app') {
    return {
      ...singlePageApp(id, 'Device demo app', []),
      type: 'Native',
      customClientMetadata: { isDeviceFlow: true },
    };
  }
  if (id === 'admin-console' && addresses.consoleOrigin) {
    const console = `${addresses.consoleOrigin}/console`;
    return singlePageApp(id, 'Latchkey Console', [`${console}/callback`, console, `${console}/`]);
  }
  return undefined;
}

/**
 * A SAML application as the protocol sees it. Its sign-ins return to this server, at the address that is asked, which
 * answers the service provider in its place.
 */
export const samlClient = (client: ClientRecord, { endpoint }: BuiltInClientAddresses): ClientRecord => ({
  ...client,
  oidcClientMetadata: {
    ...client.oidcClientMetadata,
    redirectUris: [`${endpoint}/api/saml-applications/${client.id}/callback`],
  },
});

/** Where sign-ins return to, at each host of a protected application (the wire's name). */
export const protectedCallbackPath = '/sign-in-callback';

/** A protected application as the protocol sees it: this server signs people in for it at each of its hosts. */
export const protectedClient = (client: ClientRecord, endpoints: readonly string[]): ClientRecord => ({
  ...client,
  oidcClientMetadata: {
    ...client.oidcClientMetadata,
    redirectUris: [
      ...client.oidcClientMetadata.redirectUris,
      ...endpoints.map((endpoint) => `${endpoint}${protectedCallbackPath}`),
    ],
    postLogoutRedirectUris: [
      ...client.oidcClientMetadata.postLogoutRedirectUris,
      ...endpoints.map((endpoint) => `${endpoint}/`),
    ],
  },
});
