import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import type { ProtectedApplication } from '../applications/index.ts';
import type { ApplicationHost } from '../domains/index.ts';
import type { Identity } from './identity.ts';
import { isOwnCookie } from './protected-app-sessions.ts';

/** They speak of one connection, and end with it (RFC 9110 §7.6.1). */
const HOP_BY_HOP = new Set([
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/**
 * What a visitor must not say of itself: headers by which apps know a user or an address, from this proxy or from
 * others. Many a server reads `X_Forwarded_User` as `X-Forwarded-User`.
 */
const CLAIMED =
  /^(logto-|x-forwarded-|x-auth-request-|x-webauth-|x-remote-|remote-|x-authentik-|x-pomerium-|cf-access-|x-goog-|x-ms-client-principal|tailscale-user-)|^(forwarded|authorization|x-real-ip|x-client-ip|true-client-ip|client-ip|x-original-url|x-rewrite-url|expect)$/;
const isClaimed = (name: string): boolean => CLAIMED.test(name.replaceAll('_', '-'));

const listed = (value: string | undefined): string[] =>
  (value ?? '')
    .toLowerCase()
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean);

/** Takes out what belongs to the connection, in place. */
export function dropHopByHop(headers: IncomingHttpHeaders): void {
  const named = new Set(listed(headers.connection));
  for (const name of Object.keys(headers)) {
    if (HOP_BY_HOP.has(name) || named.has(name)) delete headers[name];
  }
}

function withoutOwnCookies(cookie: string | undefined): string | undefined {
  const kept = (cookie ?? '')
    .split(';')
    .map((part) => part.trim())
    .filter((part) => part !== '' && !isOwnCookie(part));
  return kept.length > 0 ? kept.join('; ') : undefined;
}

/** Names this proxy in Via, by which a circle of proxies is seen (RFC 9110 §7.6.3). */
const pseudonymOf = ({ applicationId }: ApplicationHost): string => `latchkey-${applicationId.toLowerCase()}`;

/** True for a request that this very application has passed on before. */
export const isCircle = (request: IncomingMessage, host: ApplicationHost): boolean =>
  listed(request.headers.via).some((hop) => hop.split(' ')[1] === pseudonymOf(host));

export interface OriginRequest {
  host: ApplicationHost;
  application: ProtectedApplication;
  identity: Identity | undefined;
  /** Who asks, as far as the proxy in front is believed. */
  ip: string;
  now: Date;
}

/** Shows the app that it is this server who asks: the application's id and secret (RFC 7617). */
function credentialsOf({ client }: ProtectedApplication, now: Date): string | undefined {
  const secret = client.secrets.find(({ expiresAt }) => expiresAt === null || expiresAt > now);
  return secret && `Basic ${Buffer.from(`${client.id}:${secret.value}`).toString('base64')}`;
}

/** Makes a visitor's request one of this server's, in place. `upgrade` is the protocol that the connection turns to. */
export function prepareHeaders(request: IncomingMessage, asked: OriginRequest, upgrade?: 'websocket'): void {
  const { headers } = request;
  const { host, application, identity, ip, now } = asked;
  const via = headers.via;
  const isChunked = headers['transfer-encoding'] !== undefined;
  dropHopByHop(headers);
  for (const name of Object.keys(headers)) if (isClaimed(name)) delete headers[name];
  const cookie = withoutOwnCookies(headers.cookie);
  if (cookie === undefined) delete headers.cookie;
  else headers.cookie = cookie;
  const { protocol, host: name, port } = new URL(host.endpoint);
  Object.assign(headers, identity?.headers, {
    via: [via, `1.1 ${pseudonymOf(host)}`].filter(Boolean).join(', '),
    'logto-host': name,
    'x-forwarded-host': name,
    'x-forwarded-proto': protocol.slice(0, -1),
    'x-forwarded-port': port || (protocol === 'https:' ? '443' : '80'),
    'x-forwarded-for': ip,
    // Without a word about its length, what follows could be taken for a request of its own (RFC 9112 §11.2).
    ...(isChunked && { 'transfer-encoding': 'chunked' }),
    ...(upgrade && { connection: 'Upgrade', upgrade }),
  });
  const credentials = credentialsOf(application, now);
  if (credentials) headers.authorization = credentials;
}

/** Makes an app's answer one of this server's, in place. */
export function prepareAnswer(answer: IncomingMessage, { host, application }: OriginRequest): void {
  const { headers } = answer;
  dropHopByHop(headers);
  const cookies = headers['set-cookie']?.filter((line) => !isOwnCookie(line.trim())).map(withoutDomain);
  if (cookies?.length) headers['set-cookie'] = cookies;
  else delete headers['set-cookie'];
  const location = headers.location;
  if (location && URL.canParse(location, application.settings.origin)) {
    const target = new URL(location, application.settings.origin);
    // The app may call itself by the address at which it is asked.
    if (/^https?:\/\//i.test(location) && target.origin === new URL(application.settings.origin).origin) {
      headers.location = `${host.endpoint}${target.pathname}${target.search}${target.hash}`;
    }
  }
}

/** A cookie of the app is for its host, and not for the neighbours, among which may be the sign-in pages. */
const withoutDomain = (line: string): string =>
  line
    .split(';')
    .filter((part) => !/^\s*domain\s*=/i.test(part))
    .join(';');
