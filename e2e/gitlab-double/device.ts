import { randomInt } from 'node:crypto';
import { grantedScope } from './browser.ts';
import { browserSession, csrfHolds, type Exchange, redirect, sendHtml, sendJson } from './http.ts';
import { type DeviceRequest, type GitlabUser, hexToken, type RegisteredApplication } from './model.ts';
import { sendOAuthError } from './oauth-errors.ts';
import { deviceCodePage, deviceConsentPage, errorPage, noticePage } from './pages.ts';

const DEVICE_CODE_SECONDS = 300;
const POLL_INTERVAL_SECONDS = 5;
// RFC 8628 §6.1: no vowels, so that no words come out.
const LETTERS = 'BCDFGHJKLMNPQRSTVWXZ';

const newUserCode = (): string => Array.from({ length: 8 }, () => LETTERS[randomInt(LETTERS.length)]).join('');

/** POST /oauth/authorize_device, RFC 8628 §3.1 */
export function startDevice(exchange: Exchange): void {
  const { state, form } = exchange;
  const application = state.applications.find(({ clientId }) => clientId === form.get('client_id'));
  if (!application) {
    sendOAuthError(exchange, 'invalid_client');
    return;
  }
  const scope = grantedScope(application, form.get('scope'));
  if (scope === null) {
    sendOAuthError(exchange, 'invalid_scope');
    return;
  }
  const deviceCode = hexToken();
  const userCode = newUserCode();
  const expiresAt = state.now() + DEVICE_CODE_SECONDS;
  state.devices.set(deviceCode, { userCode, application, scope, expiresAt, answer: 'pending' });
  const page = `${state.url}/oauth/device`;
  sendJson(exchange, 200, {
    device_code: deviceCode,
    user_code: userCode,
    verification_uri: page,
    verification_uri_complete: `${page}?user_code=${userCode}`,
    expires_in: DEVICE_CODE_SECONDS,
    interval: POLL_INTERVAL_SECONDS,
  });
}

/** GET /oauth/device: where the user types the code. */
export function showDevice(exchange: Exchange): void {
  const session = browserSession(exchange);
  if (session.user) {
    sendHtml(exchange, 200, deviceCodePage(session, exchange.url.searchParams.get('user_code') ?? ''));
    return;
  }
  session.returnTo = `${exchange.url.pathname}${exchange.url.search}`;
  redirect(exchange, '/users/sign_in');
}

function waitingFor({ state }: Exchange, userCode: string): DeviceRequest | undefined {
  const typed = userCode.trim().toUpperCase();
  const waiting = [...state.devices.values()].filter(({ answer, expiresAt }) => {
    return answer === 'pending' && expiresAt > state.now();
  });
  return waiting.find((request) => request.userCode === typed);
}

/** POST /oauth/device: first the code, then what the user decides. */
export function decideDevice(exchange: Exchange): void {
  const session = browserSession(exchange);
  const { form, state } = exchange;
  const { user } = session;
  if (!user || !csrfHolds(exchange, session)) {
    sendHtml(exchange, 422, errorPage('The form is too old. Go back and try again.'));
    return;
  }
  const waiting = waitingFor(exchange, form.get('user_code') ?? '');
  if (!waiting) {
    sendHtml(exchange, 422, deviceCodePage(session, '', 'No device waits with this code.'));
    return;
  }
  const decision = form.get('decision');
  if (decision === 'authorize') {
    waiting.answer = { user, signedInAt: session.signedInAt ?? state.now() };
    sendHtml(exchange, 200, noticePage('The device is signed in', 'You can go back to it.'));
  } else if (decision === 'deny') {
    waiting.answer = 'denied';
    sendHtml(exchange, 200, noticePage('The device was denied', 'It has no access to your account.'));
  } else {
    const { application, scope, userCode } = waiting;
    sendHtml(
      exchange,
      200,
      deviceConsentPage({ session, user, application, scope, parameters: { user_code: userCode } }),
    );
  }
}

type Poll = { scope: string; user: GitlabUser; signedInAt: number } | { error: PollError };
type PollError = 'invalid_grant' | 'expired_token' | 'access_denied' | 'slow_down' | 'authorization_pending';

/** RFC 8628 §3.5: what a waiting device is told; a good answer is given once. */
export function pollDevice({ state, form }: Exchange, application: RegisteredApplication): Poll {
  const deviceCode = form.get('device_code') ?? '';
  const request = state.devices.get(deviceCode);
  if (request?.application !== application) return { error: 'invalid_grant' };
  const now = state.now();
  if (request.expiresAt <= now) return { error: 'expired_token' };
  const { answer, polledAt } = request;
  if (answer === 'denied') return { error: 'access_denied' };
  request.polledAt = now;
  if (answer === 'pending') {
    const tooSoon = polledAt !== undefined && now - polledAt < POLL_INTERVAL_SECONDS;
    return { error: tooSoon ? 'slow_down' : 'authorization_pending' };
  }
  state.devices.delete(deviceCode);
  return { scope: request.scope, ...answer };
}
