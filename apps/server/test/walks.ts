import { and, eq } from 'drizzle-orm';
import { expect } from 'vitest';
import { DEFAULT_TENANT } from '../src/kernel/tenancy.ts';
import { readInteractions } from '../src/modules/oidc/index.ts';
import type { State } from '../src/modules/sign-in/sign-in.flow.ts';
import { signInFlows } from '../src/modules/sign-in/sign-in.table.ts';
import { type ApiAnswer, call, type TestApp, tenantUrl } from './harness.ts';
import { field, type Page, type Visitor, visit } from './pages.ts';
import { authorizationRequest, type TestClient } from './protocol.ts';

/** Somebody on the way to signing in, who may use the pages' forms and the Experience API. */
export interface Walker {
  visitor: Visitor;
  /** The page that was shown last. */
  page: Page;
  /** Posts a form, and follows to where it leads. */
  submit(path: string, fields?: Record<string, string>): Promise<Page>;
  /** Opens a path of the flow as a link on one of its pages does. */
  open(path: string): Promise<Page>;
  /** Does either without following. */
  send(path: string, fields?: Record<string, string>): Promise<Response>;
  /** Calls the Experience API; anything but success fails the test. */
  tell(method: string, path: string, body?: unknown): Promise<ApiAnswer['body']>;
  /** The same, whatever is answered. */
  call(method: string, path: string, body?: unknown): Promise<ApiAnswer>;
  /** Undefined while nothing is stored of the flow. */
  state(): Promise<State | undefined>;
  /** Keeps this moment of the flow; gives the way back to it. */
  keep(): Promise<() => Promise<void>>;
}

/** Begins a sign-in of `client` in a browser. */
export async function startWalk(
  app: TestApp,
  client: TestClient,
  extra: Record<string, string | undefined> = {},
  visitor = visit(app),
  tenantId = DEFAULT_TENANT,
): Promise<Walker> {
  const first = await visitor.open(authorizationRequest(app, client, extra, tenantId).url);
  let csrf = field(first, 'csrf');
  const base = tenantUrl(app.origin, tenantId);
  const appId = new URLSearchParams({ app_id: client.id });
  const name = `_interaction${tenantId === DEFAULT_TENANT ? '' : `_${tenantId}`}`;
  const cookie = () => `${name}=${visitor.browser.cookie(name)}`;
  /** The flow of the request that waits now: consent is asked for by another than the sign-in. */
  const here = () =>
    and(eq(signInFlows.tenantId, tenantId), eq(signInFlows.id, readInteractions(cookie(), name)[client.id] ?? ''));
  const { db } = app.scope(tenantId);
  const stored = async () => (await db.select().from(signInFlows).where(here()))[0];

  const send = (path: string, fields?: Record<string, string>) => {
    const url = `${base}${path}?${appId}`;
    if (fields) return visitor.browser.post(url, { csrf, ...fields });
    return visitor.browser.get(url, { referer: `${base}/sign-in` });
  };
  const follow = async (path: string, fields?: Record<string, string>): Promise<Page> => {
    const { response, url } = await visitor.browser.follow(await send(path, fields), `${base}${path}`);
    const html = await response.text();
    const shown = /lk-page-([a-z-]+)/.exec(html)?.[1] ?? '';
    walker.page = { status: response.status, url, html, headers: response.headers, name: shown };
    csrf = field(walker.page, 'csrf') || csrf;
    return walker.page;
  };
  const walker: Walker = {
    visitor,
    page: first,
    send,
    submit: (path, fields = {}) => follow(path, fields),
    open: (path) => follow(path),
    call: (method, path, body) =>
      call(`${base}/api${path}`, method, body, { cookie: cookie(), 'logto-app-id': client.id }),
    async tell(method, path, body) {
      const answer = await walker.call(method, path, body);
      expect(answer.status, `${method} ${path}: ${JSON.stringify(answer.body)}`).toBeLessThan(300);
      return answer.body;
    },
    state: async () => (await stored())?.context.state,
    async keep() {
      const moment = await stored();
      return async () => {
        if (moment) await db.update(signInFlows).set(moment).where(here());
        else await db.delete(signInFlows).where(here());
      };
    },
  };
  return walker;
}

/** Counts the steps that were really taken and kept since it was asked last, as `state fact`. */
export async function stepsOf(app: TestApp): Promise<() => Promise<string[]>> {
  const read = async () => {
    const { values } = await app.world.metrics.signInSteps.get();
    return new Map(values.map(({ labels, value }) => [`${labels.state} ${labels.fact}`, value]));
  };
  let before = await read();
  return async () => {
    const now = await read();
    const taken = [...now].filter(([step, value]) => value > (before.get(step) ?? 0)).map(([step]) => step);
    before = now;
    return taken;
  };
}
