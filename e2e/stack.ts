import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

const root = path.join(import.meta.dirname, '..');
export const node = path.join(root, 'node_modules/.bin/node');
const READY_TIMEOUT_MS = 90_000;

/** A port that nobody listens on now. */
export async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, resolve));
  const { port } = probe.address() as { port: number };
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const gone = new Promise((resolve) => child.once('close', resolve));
  child.kill('SIGTERM');
  await gone;
}

/** Everything a child says, and a way to wait for something it says. */
function listen(child: ChildProcess) {
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (chunk: string) => {
      said += chunk;
    });
  }
  return async (pattern: RegExp): Promise<RegExpExecArray> => {
    const deadline = Date.now() + READY_TIMEOUT_MS;
    while (Date.now() < deadline) {
      const match = pattern.exec(said);
      if (match) return match;
      if (child.exitCode !== null) break;
      await delay(100);
    }
    throw new Error(`never said ${pattern}:\n${said}`);
  };
}

export interface Latchkey {
  origin: string;
  /** The Console link of the first start, with its one-time token. */
  setUpLink: string;
  stop(): Promise<void>;
}

/** A real server on a data directory of its own. */
export async function startLatchkey(): Promise<Latchkey> {
  const home = await mkdtemp(path.join(tmpdir(), 'latchkey-e2e-'));
  const port = await freePort();
  const child = spawn(node, ['apps/server/dist/main.js'], {
    cwd: root,
    env: { ...process.env, PORT: String(port), LATCHKEY_HOME: home },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const setUp = await listen(child)(/Console\s+(http:\S+\?token=\S+)/);
  return {
    origin: `http://localhost:${port}`,
    setUpLink: setUp[1] ?? '',
    async stop() {
      await end(child);
      await rm(home, { recursive: true, force: true });
    },
  };
}

export interface RunningApp {
  stop(): Promise<void>;
}

/** Runs an app until it is stopped; resolves when it has said that it is there. */
export async function startApp(options: {
  command: [string, ...string[]];
  cwd: string;
  env?: Record<string, string>;
  says: RegExp;
}): Promise<RunningApp> {
  const [program, ...parameters] = options.command;
  const child = spawn(program, parameters, {
    cwd: options.cwd,
    env: { ...process.env, PYTHONUNBUFFERED: '1', ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  await listen(child)(options.says);
  return { stop: () => end(child) };
}

const flaskDirectory = path.join(root, 'examples/flask-gitlab');

export interface FlaskApp extends RunningApp {
  origin: string;
}

/** The tutorial's app, exactly as its README starts it. */
export async function startFlask(options: {
  python: string;
  port: number;
  endpoint: string;
  appId: string;
  appSecret: string;
  resource?: string;
}): Promise<FlaskApp> {
  const app = await startApp({
    command: [options.python, 'app.py'],
    cwd: flaskDirectory,
    env: {
      PORT: String(options.port),
      LOGTO_ENDPOINT: options.endpoint,
      LOGTO_APP_ID: options.appId,
      LOGTO_APP_SECRET: options.appSecret,
      ...(options.resource && { RESOURCE: options.resource }),
    },
    says: /Running on/,
  });
  return { origin: `http://localhost:${options.port}`, ...app };
}
