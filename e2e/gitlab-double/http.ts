import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { type BrowserSession, type DoubleState, hexToken } from './model.ts';

const SESSION_COOKIE = '_gitlab_session';

/** One request and its answer. */
export interface Exchange {
  state: DoubleState;
  request: IncomingMessage;
  response: ServerResponse;
  url: URL;
  /** Body of a form, or of JSON with text members. */
  form: URLSearchParams;
}

export type Handler = (exchange: Exchange) => void | Promise<void>;

function parseMembers(body: string): Record<string, unknown> {
  try {
    return { ...(JSON.parse(body) as object) };
  } catch (error) {
    // What cannot be read has no members, so the endpoint answers what it answers to an empty request.
    if (error instanceof SyntaxError) return {};
    throw error;
  }
}

export async function readBody(request: IncomingMessage): Promise<URLSearchParams> {
  const body = request.method === 'GET' || request.method === 'HEAD' ? '' : await text(request);
  if (!request.headers['content-type']?.startsWith('application/json')) return new URLSearchParams(body);
  const members = Object.entries(parseMembers(body));
  return new URLSearchParams(members.map(([name, value]): [string, string] => [name, String(value)]));
}

export function sendJson({ response }: Exchange, status: number, body: unknown): void {
  response
    .writeHead(status, { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' })
    .end(JSON.stringify(body));
}

export function sendHtml({ response }: Exchange, status: number, html: string): void {
  response
    .writeHead(status, {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; base-uri 'none'",
    })
    .end(html);
}

export function redirect({ response }: Exchange, location: string): void {
  response.writeHead(302, { location, 'cache-control': 'no-store' }).end();
}

/** The browser's session, begun when it has none. */
export function browserSession({ state, request, response }: Exchange): BrowserSession {
  const sent = new RegExp(`(?:^|; )${SESSION_COOKIE}=([0-9a-f]+)`).exec(request.headers.cookie ?? '')?.[1] ?? '';
  const known = state.sessions.get(sent);
  if (known) return known;
  const session: BrowserSession = { id: hexToken(), csrfToken: randomBytes(32).toString('base64url') };
  state.sessions.set(session.id, session);
  setSessionCookie(response, session.id);
  return session;
}

function setSessionCookie(response: ServerResponse, id: string): void {
  response.setHeader('set-cookie', `${SESSION_COOKIE}=${id}; Path=/; HttpOnly; SameSite=Lax`);
}

/** Gives the session a new id, so that one set before the sign-in is worth nothing after it. */
export function renewSession({ state, response }: Exchange, session: BrowserSession): void {
  state.sessions.delete(session.id);
  session.id = hexToken();
  session.csrfToken = randomBytes(32).toString('base64url');
  state.sessions.set(session.id, session);
  setSessionCookie(response, session.id);
}

export function sameText(left: string, right: string): boolean {
  const [a, b] = [Buffer.from(left), Buffer.from(right)];
  return a.length === b.length && timingSafeEqual(a, b);
}

export const csrfHolds = ({ form }: Exchange, session: BrowserSession): boolean =>
  sameText(form.get('authenticity_token') ?? '', session.csrfToken);
