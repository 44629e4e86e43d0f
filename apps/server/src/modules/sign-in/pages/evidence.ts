import { createHmac } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { equalSecrets } from '../../../kernel/secrets.ts';
import { readCookie } from '../../oidc/index.ts';
import { fail } from '../sign-in.errors.ts';
import type { Flow } from '../sign-in.flows.ts';

const originOf = (url: string | undefined): string | undefined =>
  url && URL.canParse(url) ? new URL(url).origin : undefined;

const ownOrigin = (request: FastifyRequest): string => new URL(request.tenant.endpoint).origin;

/** The token that every form of a flow carries: whoever can make it has the key, whoever can read it has the page. */
export const csrfToken = (key: Buffer, { interaction }: Pick<Flow, 'interaction'>): string =>
  createHmac('sha256', key).update(`${interaction.tenantId}:${interaction.id}`).digest('base64url');

/** What a provider's script is to ask for an ID token with: the one that comes back belongs to this flow. */
export const oneTapNonce = (key: Buffer, { interaction }: Pick<Flow, 'interaction'>): string =>
  createHmac('sha256', key).update(`one-tap:${interaction.tenantId}:${interaction.id}`).digest('base64url');

/** The cookie that Google's script sets, and the field by which its form sends it again. */
export const ONE_TAP_TOKEN = 'g_csrf_token';

/** Google's double submit: another site can make the form, but neither read nor set the cookie. */
export function checkDoubleSubmit(request: FastifyRequest, token: unknown): void {
  const known = readCookie(request.headers.cookie, ONE_TAP_TOKEN);
  if (!known || typeof token !== 'string' || !equalSecrets(token, known)) throw fail('session.csrf_token_mismatch');
}

/** True when the browser says that another site sent the request (Fetch Metadata, RFC 6454 Origin). */
export function hasForeignSender(request: FastifyRequest): boolean {
  const { origin, 'sec-fetch-site': site } = request.headers;
  return (site !== undefined && site !== 'same-origin') || (origin !== undefined && origin !== ownOrigin(request));
}

/** Refuses a form that was not sent from a page of this flow: the token decides, the browser must not contradict it. */
export function checkForm(key: Buffer, request: FastifyRequest, flow: Flow, token: unknown): void {
  if (hasForeignSender(request) || typeof token !== 'string' || !equalSecrets(token, csrfToken(key, flow))) {
    throw fail('session.csrf_token_mismatch');
  }
}

/** True when a link on one of our own pages was followed, not one that somebody else put up. */
export function comesFromOwnPage(request: FastifyRequest): boolean {
  const { referer, 'sec-fetch-site': site } = request.headers;
  return site === undefined ? originOf(referer) === ownOrigin(request) : site === 'same-origin';
}

/** True when the request is for a frame on a page of `origin`. */
export function isFramedBy(request: FastifyRequest, origin: string): boolean {
  const { referer, 'sec-fetch-dest': destination } = request.headers;
  // The frame's own policy names who may show it; a page that is opened by itself is what is kept out here.
  return destination === undefined ? originOf(referer) === origin : destination === 'iframe';
}
