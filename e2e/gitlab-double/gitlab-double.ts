import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { authorize, decide, showAvatar, showHome, showSignIn, signIn, signOut } from './browser.ts';
import { decideDevice, showDevice, startDevice } from './device.ts';
import { discovery, keys, webfinger } from './discovery.ts';
import { type Handler, readBody, sendHtml } from './http.ts';
import {
  createState,
  type DoubleState,
  type GitlabApplication,
  type GitlabUser,
  type RegisteredApplication,
} from './model.ts';
import { apiUser, userInfo } from './openid.ts';
import { errorPage } from './pages.ts';
import { introspect, revoke, token, tokenInfo } from './tokens.ts';

export type { GitlabApplication, GitlabUser, RegisteredApplication } from './model.ts';

const routes: Readonly<Record<string, Handler>> = {
  'GET /': showHome,
  'GET /users/sign_in': showSignIn,
  'POST /users/sign_in': signIn,
  'POST /users/sign_out': signOut,
  'GET /oauth/authorize': authorize,
  'POST /oauth/authorize': decide,
  'DELETE /oauth/authorize': decide,
  'POST /oauth/authorize_device': startDevice,
  'GET /oauth/device': showDevice,
  'POST /oauth/device': decideDevice,
  'POST /oauth/token': token,
  'POST /oauth/revoke': revoke,
  'POST /oauth/introspect': introspect,
  'GET /oauth/token/info': tokenInfo,
  'GET /oauth/userinfo': userInfo,
  'POST /oauth/userinfo': userInfo,
  'GET /oauth/discovery/keys': keys,
  'GET /.well-known/openid-configuration': discovery,
  'GET /.well-known/webfinger': webfinger,
  'GET /api/v4/user': apiUser,
};

const crossOrigin = new Set([
  '/oauth/token',
  '/oauth/revoke',
  '/oauth/userinfo',
  '/oauth/discovery/keys',
  '/.well-known/openid-configuration',
  '/.well-known/webfinger',
]);

function allowOrigins(request: IncomingMessage, response: ServerResponse): boolean {
  response.setHeader('access-control-allow-origin', '*');
  if (request.method !== 'OPTIONS') return false;
  response
    .writeHead(204, {
      'access-control-allow-methods': 'GET, POST, OPTIONS',
      'access-control-allow-headers': 'Authorization, Content-Type, X-CSRF-Token, X-Requested-With',
      'access-control-max-age': '7200',
    })
    .end();
  return true;
}

async function handle(state: DoubleState, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? '/', state.url);
  if (crossOrigin.has(url.pathname) && allowOrigins(request, response)) return;
  const exchange = { state, request, response, url, form: await readBody(request) };
  const handler = url.pathname.startsWith('/uploads/-/system/user/avatar/')
    ? showAvatar
    : routes[`${request.method} ${url.pathname}`];
  if (handler) await handler(exchange);
  else sendHtml(exchange, 404, errorPage('There is no such page.'));
}

export interface GitlabDoubleOptions {
  /** Default: any free one. */
  port?: number;
  applications: readonly GitlabApplication[];
  users: readonly GitlabUser[];
  now?: () => Date;
}

export interface GitlabDouble {
  /** The instance's URL, which is its issuer and the connector's `baseUrl`. */
  url: string;
  /** With the ids and secrets that were made up. */
  applications: readonly RegisteredApplication[];
  close(): Promise<void>;
}

/**
 * Starts a GitLab for tests: its OAuth and OpenID side, with pages that need no JavaScript.
 * It is reached as 127.0.0.1, so that for a browser it is another site than a Latchkey on `localhost`.
 */
export async function startGitlabDouble(options: GitlabDoubleOptions): Promise<GitlabDouble> {
  const { port = 0, applications, users, now = () => new Date() } = options;
  const state = await createState(applications, users, now);
  const server = createServer((request, response) => {
    handle(state, request, response).catch((error: unknown) => response.destroy(error as Error));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  state.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url: state.url,
    applications: state.applications,
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()));
        server.closeAllConnections();
      }),
  };
}
