import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { createDatabasePool, type DatabasePool } from '../apps/server/src/kernel/database.ts';
import { createLog } from '../apps/server/src/kernel/log.ts';
import { findRunningPostgres } from '../apps/server/src/kernel/postgres/embedded.ts';
import { send } from './load.ts';

const root = path.join(import.meta.dirname, '..');
export const node = path.join(root, 'node_modules/.bin/node');
const serverProcess: { flags: string[]; environment: Record<string, string> } = JSON.parse(
  readFileSync(path.join(root, 'tools/server-process.json'), 'utf8'),
);

const START_TIMEOUT_MS = 120_000;

/** The real server as `npm start` runs it, on a data directory and a port of its own. */
export interface Server {
  origin: string;
  /** The process in progress. */
  pid(): number;
  /** Starts the process; answers the milliseconds from the command to the first 200 of the discovery document. */
  start(): Promise<number>;
  stop(): Promise<void>;
  /** The command line beside it, as an operator types it. */
  cli<Answer>(...command: string[]): Promise<Answer>;
  /** SQL beside it; `database` is another one where the bench's own statements must not be counted. */
  openDatabase(database?: string): Promise<DatabasePool>;
}

export async function freePort(): Promise<number> {
  const probe = createServer().listen(0);
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

async function firstAnswer(url: string, child: ChildProcess): Promise<void> {
  const deadline = Date.now() + START_TIMEOUT_MS;
  while (Date.now() < deadline) {
    if (child.exitCode !== null) throw new Error(`the server ended with ${child.exitCode}`);
    // Refused until it listens, which is what is waited for.
    const status = await send(url).then(
      (answer) => answer.status,
      () => 0,
    );
    if (status === 200) return;
    await delay(5);
  }
  throw new Error('the server did not answer');
}

/** Runs `work` beside a server on an empty data directory, and leaves nothing of it behind. */
export async function withServer(work: (server: Server) => Promise<void>): Promise<void> {
  const home = await mkdtemp(path.join(tmpdir(), 'latchkey-bench-'));
  const port = await freePort();
  const origin = `http://localhost:${port}`;
  // An operator's own settings must not change what is measured.
  const { PATH, HOME } = process.env;
  const fixed = { PATH, HOME, PORT: String(port), LATCHKEY_HOME: home };
  // A server that others reach keeps no messages for developers.
  const env = { ...serverProcess.environment, ...fixed, DEVELOPMENT_INBOX: 'false' };
  let child: ChildProcess | undefined;

  const server: Server = {
    origin,
    pid: () => child?.pid ?? 0,
    async start() {
      const begin = performance.now();
      child = spawn(node, [...serverProcess.flags, 'apps/server/dist/main.js'], {
        cwd: root,
        env,
        stdio: ['ignore', 'ignore', 'inherit'],
      });
      await firstAnswer(`${origin}/oidc/.well-known/openid-configuration`, child);
      return performance.now() - begin;
    },
    async stop() {
      if (!child || child.exitCode !== null) return;
      const ended = once(child, 'close');
      child.kill('SIGTERM');
      await ended;
    },
    async cli<Answer>(...command: string[]) {
      const args = ['apps/server/src/cli/main.ts', ...command, '--json'];
      const { stdout } = await promisify(execFile)(node, args, { cwd: root, env });
      return JSON.parse(stdout) as Answer;
    },
    async openDatabase(database) {
      const connection = await findRunningPostgres(home);
      if (!connection) throw new Error('the embedded PostgreSQL does not run');
      const target = database === undefined ? connection : { ...connection, database };
      return createDatabasePool({ connection: target, size: 1, log: createLog('warn') });
    },
  };
  try {
    await server.start();
    await work(server);
  } finally {
    await server.stop();
    await rm(home, { recursive: true, force: true });
  }
}
