import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { expect } from 'vitest';
import { findRunningPostgres } from '../../src/kernel/postgres/embedded.ts';
import { action, field, visit } from '../pages.ts';
import { authorizationRequest, type TestClient } from '../protocol.ts';

const PASSWORD = 'Paper-lamp-4-river';

/** The demo app is there on every install, so that nothing has to be set up before the crash. */
const demoApp = (origin: string): TestClient => ({
  id: 'demo-app',
  secret: undefined,
  redirectUri: `${origin}/demo-app`,
});

const start = (origin: string, firstScreen: 'register' | 'sign_in') =>
  authorizationRequest({ origin }, demoApp(origin), { first_screen: firstScreen, scope: 'openid' });

/** Registers through the hosted pages; answers the status that the server gave to the form. */
async function register(origin: string, username: string): Promise<{ status: number; html: string }> {
  const visitor = visit({ origin });
  const page = await visitor.open(start(origin, 'register').url);
  const target = action(page, '/register');
  if (!target) return { status: page.status, html: page.html };
  const form = { csrf: field(page, 'csrf'), username, password: PASSWORD };
  const answer = await visitor.browser.post(new URL(target, page.url).href, form);
  return { status: answer.status, html: await answer.text() };
}

/** Signs in with the password all the way to tokens. */
export async function signIn(origin: string, username: string): Promise<void> {
  const request = start(origin, 'sign_in');
  const visitor = visit({ origin });
  const page = await visitor.open(request.url);
  const end = await visitor.submit(page, '/sign-in', { identifier: username, password: PASSWORD });
  const answer = await fetch(`${origin}/oidc/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      client_id: 'demo-app',
      code: new URL(end.url).searchParams.get('code') ?? '',
      redirect_uri: `${origin}/demo-app`,
      code_verifier: request.verifier,
    }),
  });
  expect(answer.status, await answer.clone().text()).toBe(200);
}

export interface Crowd {
  /** Names of the accounts whose registration the server has confirmed. */
  readonly confirmed: readonly string[];
  /** Refusals in the meantime, for looking at what they tell. */
  readonly refused: readonly { status: number; html: string }[];
  leave(): Promise<void>;
}

/** People who register one after the other, several at a time, until they are told to leave. */
export function gather(origin: string, size = 4): Crowd {
  const confirmed: string[] = [];
  const refused: { status: number; html: string }[] = [];
  const leaving = new AbortController();
  const people = Array.from({ length: size }, async (_, person) => {
    for (let visitNumber = 0; !leaving.signal.aborted; visitNumber++) {
      const username = `reader_${person}_${visitNumber}`;
      try {
        const answer = await register(origin, username);
        if (answer.status === 303) confirmed.push(username);
        else refused.push(answer);
      } catch (error) {
        // A connection that broke says nothing about the outcome; another kind of error is one of the test.
        if (!(error instanceof TypeError && error.message === 'fetch failed')) throw error;
        await delay(50);
      }
    }
  });
  return {
    confirmed,
    refused,
    async leave() {
      leaving.abort();
      await Promise.all(people);
    },
  };
}

/** Usernames of the default tenant, straight from the database of a running server. */
export async function registered(home: string): Promise<Set<string>> {
  const connection = await findRunningPostgres(home);
  if (!connection) throw new Error('no database is running');
  const client = new pg.Client(connection as pg.ClientConfig);
  await client.connect();
  try {
    await client.query("select set_config('latchkey.tenant', 'default', false)");
    const { rows } = await client.query<{ username: string }>("select username from users where tenant_id = 'default'");
    return new Set(rows.map(({ username }) => username));
  } finally {
    await client.end();
  }
}
