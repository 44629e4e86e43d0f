import { browserSession, csrfHolds, type Exchange, redirect, renewSession, sameText, sendHtml } from './http.ts';
import {
  type BrowserSession,
  CODE_SECONDS,
  type GitlabUser,
  hexToken,
  type RegisteredApplication,
  SCOPES,
} from './model.ts';
import { errorStatus, type OAuthErrorReason, oauthError } from './oauth-errors.ts';
import { avatarSvg, consentPage, errorPage, homePage, signInPage } from './pages.ts';

const PARAMETERS = [
  'client_id',
  'redirect_uri',
  'response_type',
  'response_mode',
  'scope',
  'state',
  'nonce',
  'code_challenge',
  'code_challenge_method',
] as const;

interface AuthorizationParameters {
  application: RegisteredApplication;
  redirectUri: string;
  scope: string;
  /** As they were sent. */
  sent: Readonly<Record<string, string>>;
}

type Verdict =
  | { kind: 'good'; parameters: AuthorizationParameters }
  /** Not to be told to the redirect URI, because it is not proved to be the application's. */
  | { kind: 'page'; reason: OAuthErrorReason }
  | { kind: 'redirect'; reason: OAuthErrorReason; redirectUri: string; state: string | undefined };

/** RFC 6749 §3.3; GitLab falls back to `api`. */
export function grantedScope(application: RegisteredApplication, requested: string | null | undefined): string | null {
  const tokens = [...new Set((requested || 'api').split(/\s+/).filter(Boolean))];
  const enabled: readonly string[] = application.scopes;
  const known: readonly string[] = SCOPES;
  return tokens.every((token) => known.includes(token) && enabled.includes(token)) ? tokens.join(' ') : null;
}

function judge({ state }: Exchange, query: URLSearchParams): Verdict {
  const sent = Object.fromEntries(
    PARAMETERS.flatMap((name) => (query.has(name) ? [[name, query.get(name) ?? '']] : [])),
  );
  const application = state.applications.find(({ clientId }) => clientId === sent.client_id);
  if (!application) return { kind: 'page', reason: 'invalid_client' };
  const redirectUri = sent.redirect_uri ?? '';
  if (!application.redirectUris.includes(redirectUri)) return { kind: 'page', reason: 'invalid_redirect_uri' };
  const refuse = (reason: OAuthErrorReason): Verdict => ({ kind: 'redirect', reason, redirectUri, state: sent.state });
  if (!sent.response_type) return refuse('invalid_request');
  if (sent.response_type !== 'code') return refuse('unsupported_response_type');
  const scope = grantedScope(application, sent.scope);
  if (scope === null) return refuse('invalid_scope');
  if (sent.code_challenge && !['plain', 'S256'].includes(sent.code_challenge_method ?? 'plain')) {
    return refuse('invalid_code_challenge_method');
  }
  return { kind: 'good', parameters: { application, redirectUri, scope, sent } };
}

function answer(exchange: Exchange, redirectUri: string, parameters: Record<string, string | undefined>): void {
  const location = new URL(redirectUri);
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== undefined) location.searchParams.set(name, value);
  }
  redirect(exchange, location.href);
}

function sendRefusal(exchange: Exchange, verdict: Exclude<Verdict, { kind: 'good' }>): void {
  const error = oauthError(verdict.reason);
  if (verdict.kind === 'redirect') answer(exchange, verdict.redirectUri, { ...error, state: verdict.state });
  else sendHtml(exchange, errorStatus(verdict.reason), errorPage(error.error_description));
}

function issueCode(
  exchange: Exchange,
  { application, redirectUri, scope, sent }: AuthorizationParameters,
  session: BrowserSession,
  user: GitlabUser,
): void {
  const { state } = exchange;
  const code = hexToken();
  state.codes.set(code, {
    application,
    user,
    scope,
    redirectUri,
    nonce: sent.nonce,
    signedInAt: session.signedInAt ?? state.now(),
    challenge: sent.code_challenge,
    challengeMethod: sent.code_challenge_method === 'S256' ? 'S256' : 'plain',
    expiresAt: state.now() + CODE_SECONDS,
  });
  answer(exchange, redirectUri, { code, state: sent.state });
}

/** A confidential application that holds a good token for the same scope is not asked about again. */
function consentIsKnown({ state }: Exchange, parameters: AuthorizationParameters, user: GitlabUser): boolean {
  const { application, scope } = parameters;
  if (application.trusted) return true;
  return (
    application.confidential &&
    state.tokens.some((token) => {
      return !token.revoked && token.application === application && token.user === user && token.scope === scope;
    })
  );
}

/** GET /oauth/authorize: GitLab signs the user in first and looks at the request then. */
export function authorize(exchange: Exchange): void {
  const session = browserSession(exchange);
  const { user } = session;
  if (!user) {
    session.returnTo = `${exchange.url.pathname}${exchange.url.search}`;
    redirect(exchange, '/users/sign_in');
    return;
  }
  const verdict = judge(exchange, exchange.url.searchParams);
  if (verdict.kind !== 'good') {
    sendRefusal(exchange, verdict);
    return;
  }
  const { parameters } = verdict;
  if (consentIsKnown(exchange, parameters, user)) issueCode(exchange, parameters, session, user);
  else {
    const { application, scope, sent } = parameters;
    sendHtml(exchange, 200, consentPage({ session, user, application, scope, parameters: sent }));
  }
}

/** POST and DELETE /oauth/authorize: the answer to the consent page; a form says DELETE by `_method`. */
export function decide(exchange: Exchange): void {
  const session = browserSession(exchange);
  const { request, form } = exchange;
  if (!session.user || !csrfHolds(exchange, session)) {
    sendHtml(exchange, 422, errorPage('The form is too old. Go back and try again.'));
    return;
  }
  const verdict = judge(exchange, form);
  if (verdict.kind !== 'good') {
    sendRefusal(exchange, verdict);
    return;
  }
  const denied = request.method === 'DELETE' || form.get('_method') === 'delete';
  if (denied) {
    const { redirectUri, sent } = verdict.parameters;
    sendRefusal(exchange, { kind: 'redirect', reason: 'access_denied', redirectUri, state: sent.state });
  } else issueCode(exchange, verdict.parameters, session, session.user);
}

export function showSignIn(exchange: Exchange): void {
  const session = browserSession(exchange);
  if (session.user) redirect(exchange, '/');
  else sendHtml(exchange, 200, signInPage(session));
}

/** The user with this name or primary address and password. */
export function findUser({ state }: Exchange, login: string, password: string): GitlabUser | undefined {
  const wanted = login.toLowerCase();
  const user = state.users.find(({ username, email }) =>
    [username, email].some((name) => name.toLowerCase() === wanted),
  );
  return user && sameText(user.password, password) ? user : undefined;
}

export function signIn(exchange: Exchange): void {
  const session = browserSession(exchange);
  const login = exchange.form.get('user[login]') ?? '';
  if (!csrfHolds(exchange, session)) {
    sendHtml(exchange, 422, signInPage(session, login, 'The form is too old. Try again.'));
    return;
  }
  const user = findUser(exchange, login, exchange.form.get('user[password]') ?? '');
  if (!user) {
    sendHtml(exchange, 422, signInPage(session, login, 'Wrong username or password.'));
    return;
  }
  renewSession(exchange, session);
  const { returnTo = '/' } = session;
  session.user = user;
  session.signedInAt = exchange.state.now();
  session.returnTo = undefined;
  redirect(exchange, returnTo);
}

export function signOut(exchange: Exchange): void {
  const session = browserSession(exchange);
  if (csrfHolds(exchange, session)) {
    session.user = undefined;
    renewSession(exchange, session);
  }
  redirect(exchange, '/');
}

export function showHome(exchange: Exchange): void {
  sendHtml(exchange, 200, homePage(browserSession(exchange)));
}

export function showAvatar(exchange: Exchange): void {
  const id = exchange.url.pathname.split('/').at(-2);
  const user = exchange.state.users.find((candidate) => String(candidate.id) === id);
  if (user) exchange.response.writeHead(200, { 'content-type': 'image/svg+xml' }).end(avatarSvg(user));
  else sendHtml(exchange, 404, errorPage('There is no such page.'));
}
