// The published Express SDK in a real Express app, driven by a browser without scripts.
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { handleAuthRoutes, type LogtoExpressConfig, withLogto } from '@logto/express';
import express from 'express';
import { expect, onTestFinished, test } from 'vitest';
import { createBrowser } from '../browser.ts';
import { createTestApp } from '../harness.ts';
import { createClient } from '../protocol.ts';
import { answerForm } from './hosted-pages.ts';

const app = await createTestApp();
const READER = { username: 'reader', password: 'Paper-lamp-4-river' };
const RESOURCE = 'https://default.logto.app/api';
await app.modules.users.create(app.scope(), READER);

type Session = Record<string, string | undefined>;

/** The session middleware that the SDK asks for: one visitor, so one session. */
function startExpress() {
  const session: Session = {};
  const server = express();
  server.use((request, _response, next) => {
    Object.assign(request, { session });
    next();
  });
  return { server, session };
}

test('@logto/express: sign-in, userinfo, a token anew when it has expired, sign-out', async () => {
  const { server, session } = startExpress();
  const listening = server.listen(0);
  onTestFinished(() => void listening.close());
  await once(listening, 'listening');
  const baseUrl = `http://localhost:${(listening.address() as AddressInfo).port}`;
  const client = await createClient(app, {
    redirectUris: [`${baseUrl}/logto/sign-in-callback`],
    signedOutUri: baseUrl,
  });
  const config: LogtoExpressConfig = {
    endpoint: app.origin,
    appId: client.id,
    appSecret: client.secret ?? '',
    baseUrl,
    resources: [RESOURCE],
  };
  server.use(handleAuthRoutes(config));
  const shown = { ...config, fetchUserInfo: true, getAccessToken: true, resource: RESOURCE };
  server.get('/me', withLogto(shown), (request, response) => void response.json(request.user));

  const browser = createBrowser(app.origin);
  const leave = async (path: string) =>
    (await fetch(`${baseUrl}${path}`, { redirect: 'manual' })).headers.get('location') ?? '';
  const signInUrl = await leave('/logto/sign-in');
  const page = await browser.follow(await browser.get(signInUrl), signInUrl);
  const { url: callback } = await answerForm(browser, page, {
    identifier: READER.username,
    password: READER.password,
  });
  expect(callback).toContain(`${baseUrl}/logto/sign-in-callback?`);
  expect(await leave(callback.slice(baseUrl.length))).toBe(baseUrl);

  const me = async () => (await (await fetch(`${baseUrl}/me`)).json()) as Record<string, never>;
  const first = await me();
  expect(first).toMatchObject({ isAuthenticated: true, userInfo: { username: READER.username } });
  expect(first.accessToken).toBeTruthy();

  // The SDK keeps tokens with their expiry: all of them have expired now, so it has to use its refresh token.
  session.accessToken = undefined;
  const second = await me();
  expect(second).toMatchObject({ isAuthenticated: true, userInfo: { username: READER.username } });
  expect(second.accessToken).toBeTruthy();
  expect(second.accessToken).not.toBe(first.accessToken);

  const signOutUrl = await leave('/logto/sign-out');
  expect(signOutUrl).toContain('/oidc/session/end');
  const asked = await browser.follow(await browser.get(signOutUrl), signOutUrl);
  const xsrf = /name="xsrf"[^>]*value="([^"]+)"/.exec(await asked.response.text())?.[1] ?? '';
  const confirmed = `${app.origin}/oidc/session/end/confirm`;
  const end = await browser.follow(await browser.post(confirmed, { xsrf, logout: 'yes' }), confirmed);
  expect(new URL(end.url).origin).toBe(baseUrl);
  expect(await me()).toMatchObject({ isAuthenticated: false });
  // The session at the server has ended too: the next sign-in asks again.
  const againUrl = await leave('/logto/sign-in');
  const again = await browser.follow(await browser.get(againUrl), againUrl);
  expect(again.url).toContain('/sign-in?');
});
