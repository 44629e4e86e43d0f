import type { ChildProcess } from 'node:child_process';
import { readFile, readlink, realpath, rm } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Log } from '../log.ts';
import { EmbeddedPostgresError } from './binaries.ts';
import { type Cluster, isAlive, spawnProgram } from './cluster.ts';
import { SOCKET_PORT } from './socket.ts';

/** A running server process that we started. */
export interface Postmaster {
  process: ChildProcess;
  /** Settles when the process is gone, with the last line it wrote. */
  exited: Promise<string>;
}

const START_TIMEOUT_MS = 60_000;

/** Tuned for one small server: memory is for the server process, connections for one pool and the command line. */
const SETTINGS = {
  listen_addresses: '',
  port: String(SOCKET_PORT),
  unix_socket_permissions: '0700',
  max_connections: '60',
  shared_buffers: '64MB',
  // Short statements on indexes: compiling them or spreading them over workers costs more than it gives.
  jit: 'off',
  max_parallel_workers_per_gather: '0',
  max_worker_processes: '4',
  io_method: 'sync',
  huge_pages: 'off',
  min_wal_size: '32MB',
  max_wal_size: '256MB',
  timezone: 'UTC',
  log_timezone: 'UTC',
  // What fails is reported by the process that asked; statements and rows would put secrets in the log.
  log_min_messages: 'fatal',
  log_min_error_statement: 'panic',
  log_line_prefix: '',
} as const;

/** For tests only: a crash of the machine may lose everything, and many servers share it. */
const VOLATILE_SETTINGS = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  max_connections: '200',
} as const;

/** Starts the server process and waits until it accepts connections; rejects with its last words when it does not. */
export async function startPostmaster(cluster: Cluster, socketDirectory: string, log: Log): Promise<Postmaster> {
  const settings = {
    ...SETTINGS,
    ...(cluster.durable ? {} : VOLATILE_SETTINGS),
    // A list: the quotes keep a comma or a blank in the path.
    unix_socket_directories: `"${socketDirectory}"`,
  };
  const options = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const child = spawnProgram(cluster, cluster.binaries.postgres, ['-D', cluster.directory, ...options]);
  child.stdin.end();

  let lastFatal = '';
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    for (const line of chunk.split('\n').filter(Boolean)) {
      if (/^(FATAL|PANIC|DETAIL):/.test(line) || lastFatal === '') lastFatal = line;
      log.debug({ line }, 'postgres');
    }
  });
  let gone = false;
  const exited = new Promise<string>((resolve) => {
    const finish = (words: string) => {
      gone = true;
      resolve(words);
    };
    child.once('error', (error) => finish(error.message));
    child.once('close', (code, signal) => finish(lastFatal || `it ended with ${signal ?? `code ${code}`}`));
  });

  const deadline = Date.now() + START_TIMEOUT_MS;
  while (!gone) {
    const state = await readPidFile(cluster);
    if (state?.pid === child.pid && state?.ready) return { process: child, exited };
    if (Date.now() > deadline) {
      child.kill('SIGQUIT');
      throw new EmbeddedPostgresError(`PostgreSQL did not start within ${START_TIMEOUT_MS / 1000} s: ${lastFatal}`);
    }
    await Promise.race([delay(5), exited]);
  }
  throw new EmbeddedPostgresError(`PostgreSQL did not start: ${await exited}`);
}

/** Fast shutdown: sessions are ended, everything is written. */
export async function stopPostmaster(postmaster: Postmaster): Promise<void> {
  postmaster.process.kill('SIGINT');
  const finished = await Promise.race([postmaster.exited.then(() => true), delay(20_000, false, { ref: false })]);
  if (finished) return;
  // Immediate shutdown: as after a power cut, recovered at the next start from the write-ahead log.
  postmaster.process.kill('SIGQUIT');
  await postmaster.exited;
}

const pidFileOf = (cluster: Cluster): string => path.join(cluster.directory, 'postmaster.pid');

/** What the server process says of itself: its id on the first line, its state on the eighth. */
async function readPidFile(cluster: Cluster): Promise<{ pid: number; ready: boolean } | undefined> {
  try {
    const lines = (await readFile(pidFileOf(cluster), 'utf8')).split('\n');
    const pid = Number(lines[0]);
    return Number.isInteger(pid) && pid > 0 ? { pid, ready: lines[7]?.trim() === 'ready' } : undefined;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/**
 * The process id of a server that is at work in this cluster.
 * A pid file left by a crash may name a process that has nothing to do with it (ids start anew in a container);
 * PostgreSQL would refuse to start over it, so it is removed.
 */
export async function findPostmaster(cluster: Cluster): Promise<number | undefined> {
  const state = await readPidFile(cluster);
  if (!state || !isAlive(state.pid)) return undefined;
  if (await worksIn(state.pid, cluster.directory)) return state.pid;
  await rm(pidFileOf(cluster), { force: true });
  return undefined;
}

/** A server process makes its cluster the current directory. Where that cannot be seen, a living process counts. */
async function worksIn(pid: number, directory: string): Promise<boolean> {
  try {
    return (await readlink(`/proc/${pid}/cwd`)) === (await realpath(directory));
  } catch {
    return isAlive(pid);
  }
}
