import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { onTestFinished } from 'vitest';

const root = path.join(import.meta.dirname, '../../../..');
const READY_TIMEOUT_MS = 60_000;

/** A real server process, as `npm start` runs it. */
export interface ServerProcess {
  child: ChildProcess;
  origin: string;
  /** Everything it has written so far. */
  said(): { out: string; err: string };
  /** Resolves when the banner is there; rejects when the process ends before. */
  ready(): Promise<void>;
  /** Exit code, or the signal that ended it. */
  exited: Promise<number | NodeJS.Signals | null>;
}

/** A data directory that goes when the test ends, together with a database that was left running in it. */
export async function dataDirectory(): Promise<string> {
  const home = await mkdtemp(path.join(tmpdir(), 'latchkey-crash-'));
  onTestFinished(async () => {
    const pid = await postmasterOf(home);
    if (pid !== undefined && (await isAlive(pid))) process.kill(pid, 'SIGQUIT');
    await rm(home, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 });
  });
  return home;
}

/** True while the process runs. One that has ended but whose parent has not asked yet (a container's first process
 * may never ask) holds nothing any more. */
export async function isAlive(pid: number): Promise<boolean> {
  try {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
    return !/\) [ZX] /.test(stat);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
}

/** Process id of the PostgreSQL in a data directory, if there is or was one. */
export async function postmasterOf(home: string): Promise<number | undefined> {
  try {
    return Number((await readFile(path.join(home, 'postgres/postmaster.pid'), 'utf8')).split('\n')[0]);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Listens on a port that was free, until the test ends or it is closed. */
export async function occupyPort(): Promise<{ server: Server; port: number }> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, resolve));
  onTestFinished(() => void server.close());
  return { server, port: (server.address() as { port: number }).port };
}

export async function freePort(): Promise<number> {
  const { server, port } = await occupyPort();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Starts the server, or with `launcher` what `npm start` runs, and does not wait for it. */
export function startServer(options: {
  home: string;
  port: number;
  env?: Record<string, string>;
  launcher?: boolean;
}): ServerProcess {
  const program = options.launcher ? 'tools/start.mjs' : 'apps/server/dist/main.js';
  const child = spawn(process.execPath, [program], {
    cwd: root,
    // Only what is set here: the variables of the person who runs the tests are not part of them.
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      PORT: String(options.port),
      LATCHKEY_HOME: options.home,
      ...options.env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const written = { out: '', err: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    written.out += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    written.err += text;
  });
  const exited = new Promise<number | NodeJS.Signals | null>((resolve) => {
    child.once('close', (code, signal) => resolve(code ?? signal));
  });
  return {
    child,
    origin: `http://localhost:${options.port}`,
    said: () => ({ ...written }),
    exited,
    async ready() {
      const deadline = Date.now() + READY_TIMEOUT_MS;
      while (Date.now() < deadline && child.exitCode === null && child.signalCode === null) {
        // The issuer's line comes after the Console's, so the whole link is there.
        if (/Issuer +\S+\n/.test(written.out)) return;
        await delay(20);
      }
      throw new Error(`the server is not ready:\n${written.out}\n${written.err}`);
    },
  };
}
