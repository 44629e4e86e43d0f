import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type IncomingMessage, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { afterAll } from 'vitest';
import { type Browser, createBrowser } from './browser.ts';
import { createDomainsTestApp, type DomainsTestApp } from './domains.ts';
import { signInThrough } from './protocol.ts';

/** What the app behind saw of a request. */
export interface SeenRequest {
  method: string;
  url: string;
  headers: IncomingHttpHeaders;
  body: string;
}

export interface Backend {
  origin: string;
  seen: SeenRequest[];
  /** Answers in place of the echo. */
  answer: Parameters<typeof createServer>[1] | undefined;
  server: Server;
}

/** A web app that knows nothing of signing in: says what it saw, and echoes what a web socket sends. */
export async function createBackend(): Promise<Backend> {
  const backend = { origin: '', seen: [], answer: undefined } as unknown as Backend;
  const server = createServer(async (message, response) => {
    if (backend.answer) return backend.answer(message, response as never);
    const chunks: Buffer[] = [];
    for await (const chunk of message) chunks.push(chunk as Buffer);
    const seen = seenOf(message, Buffer.concat(chunks).toString());
    backend.seen.push(seen);
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(seen));
  });
  const sockets = new Set<Duplex>();
  server.on('upgrade', (message: IncomingMessage, socket: Duplex) => {
    backend.seen.push(seenOf(message, ''));
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.write('HTTP/1.1 101 Switching Protocols\r\nconnection: Upgrade\r\nupgrade: websocket\r\n\r\n');
    socket.pipe(socket);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  backend.server = server;
  backend.origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  afterAll(() => {
    for (const socket of sockets) socket.destroy();
    server.closeAllConnections();
    server.close();
  });
  return backend;
}

const seenOf = ({ method = '', url = '', headers }: IncomingMessage, body: string): SeenRequest => ({
  method,
  url,
  headers,
  body,
});

export interface ProtectedTestApp extends DomainsTestApp {
  backend: Backend;
  /** Creates a protected application in front of the backend. */
  protect(subDomain: string, settings?: object): Promise<{ id: string; home: string; secret: string }>;
}

export async function createProtectedTestApp(env: Record<string, string> = {}): Promise<ProtectedTestApp> {
  const world = await createDomainsTestApp(env);
  const backend = await createBackend();
  const { api } = world.app;
  return {
    ...world,
    backend,
    async protect(subDomain, settings) {
      const created = await api('POST', '/api/applications', {
        name: subDomain,
        type: 'Protected',
        protectedAppMetadata: { subDomain, origin: backend.origin },
      });
      if (created.status !== 200) throw new Error(`not created: ${created.status} ${JSON.stringify(created.body)}`);
      const { id, protectedAppMetadata } = created.body;
      if (settings) await api('PATCH', `/api/applications/${id}`, { protectedAppMetadata: settings });
      const [secret] = (await api('GET', `/api/applications/${id}/secrets`)).body;
      return { id, home: world.at(protectedAppMetadata.host), secret: secret.value };
    },
  };
}

export interface SentAnswer {
  status: number;
  headers: IncomingHttpHeaders;
  body: string;
}

/** A browser at the app's host, which opens pages as browsers do; `headers` say what else it sends. */
export interface AppBrowser {
  cookies: Map<string, string>;
  open(url: string, headers?: Record<string, string>): Promise<SentAnswer>;
  /** The same from a script of the page. */
  fetch(url: string, options?: SendOptions): Promise<SentAnswer>;
}

/** What `fetch` says of a request by itself cannot be changed, so pages are opened by hand. */
const OPENS_PAGE = { accept: 'text/html,*/*;q=0.8', 'sec-fetch-mode': 'navigate' };

function createAppBrowser(): AppBrowser {
  const cookies = new Map<string, string>();
  const ask = async (url: string, options: SendOptions) => {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const headers = { ...(cookie && { cookie }), ...options.headers };
    const answer = await send(url, { ...options, headers });
    for (const line of answer.headers['set-cookie'] ?? []) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (/max-age=0(;|$)/i.test(line)) cookies.delete(name);
      else cookies.set(name, value);
    }
    return answer;
  };
  return {
    cookies,
    open: (url, headers) => ask(url, { headers: { ...OPENS_PAGE, ...headers } }),
    fetch: (url, options = {}) => ask(url, { ...options, headers: { 'sec-fetch-mode': 'cors', ...options.headers } }),
  };
}

/** Somebody with a browser: what it keeps at the app's host, and at the sign-in pages. */
export interface AppVisitor {
  atApp: AppBrowser;
  atSignIn: Browser;
  /** Opens a page of the app and signs in: where the sign-in pages lead back to. */
  signInAt(url: string, userId: string): Promise<string>;
  /** The same to the end; answers what came then. */
  signIn(url: string, userId: string): Promise<SentAnswer>;
}

export function visitApp({ app }: Pick<ProtectedTestApp, 'app'>): AppVisitor {
  const atApp = createAppBrowser();
  const atSignIn = createBrowser(app.origin);
  const signInAt = async (url: string, userId: string) => {
    const { status, headers, body } = await atApp.open(url);
    if (status !== 303 || !headers.location) throw new Error(`no sign-in: ${status} ${body}`);
    return (await signInThrough(app, { url: headers.location, verifier: '', state: '' }, userId, atSignIn)).href;
  };
  return {
    atApp,
    atSignIn,
    signInAt,
    async signIn(url, userId) {
      const entered = await atApp.open(await signInAt(url, userId));
      return entered.status === 303 ? atApp.open(entered.headers.location ?? '') : entered;
    },
  };
}

interface SendOptions {
  method?: string;
  headers?: Record<string, string | string[]>;
  body?: string;
  /** As it stands in the request line, where that is not the path of the URL. */
  path?: string;
}

/** A request as it is written, at a host of this machine: `fetch` allows itself no such headers. */
export async function send(url: string, options: SendOptions = {}): Promise<SentAnswer> {
  const { port, host, pathname, search } = new URL(url);
  const sent = request({
    host: '127.0.0.1',
    port,
    method: options.method ?? 'GET',
    path: options.path ?? pathname + search,
    headers: { host, ...options.headers },
    agent: false,
  });
  sent.end(options.body);
  const [response] = (await once(sent, 'response')) as [IncomingMessage];
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk as Buffer);
  return { status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks).toString() };
}
