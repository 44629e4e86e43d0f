import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmod, chown, mkdir, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { userInfo } from 'node:os';
import path from 'node:path';
import { EmbeddedPostgresError, type PostgresBinaries } from './binaries.ts';
import type { RunAs } from './identity.ts';

/** The server's own role: it owns the database and has no other right, so that row-level security binds it. */
export const ROLE = 'latchkey';
export const DATABASE = 'latchkey';
/** The cluster's superuser, for setting up only. */
export const SUPERUSER = 'postgres';

export interface Cluster {
  directory: string;
  runAs: RunAs;
  binaries: PostgresBinaries;
  durable: boolean;
}

/** Programs get nothing of our environment: PGDATA, PGPORT and the like would change what they do. */
const PROGRAM_ENVIRONMENT = { LC_ALL: 'C', PATH: '/usr/bin:/bin' };

/** Options for spawning one of PostgreSQL's programs in a session of its own, out of reach of the terminal's Ctrl-C. */
export function spawnProgram(cluster: Cluster, program: string, args: readonly string[]) {
  const command = cluster.runAs.command(program, args);
  return spawn(command.program, command.args, {
    uid: command.uid,
    gid: command.gid,
    cwd: '/',
    env: PROGRAM_ENVIRONMENT,
    detached: true,
    stdio: ['pipe', 'ignore', 'pipe'],
  });
}

/** Runs a program to its end; its last words are the error when it fails. */
async function run(cluster: Cluster, program: string, args: readonly string[], input = ''): Promise<void> {
  const child = spawnProgram(cluster, program, args);
  let words = '';
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    words = (words + chunk).slice(-2000);
  });
  // A program that dies early closes its input; its exit code tells the story.
  child.stdin.on('error', () => undefined);
  child.stdin.end(input);
  const code = await new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (exitCode, signal) => resolve(exitCode ?? signal));
  });
  if (code !== 0) {
    const line = words.trim().split('\n').slice(-3).join(' ');
    throw new EmbeddedPostgresError(`${path.basename(program)} failed (${code}): ${line}`);
  }
}

/** Makes the cluster unless it exists. It appears whole, by a rename: a crash leaves only a draft, which the next start removes. */
export async function ensureCluster(cluster: Cluster): Promise<void> {
  if (await exists(path.join(cluster.directory, 'PG_VERSION'))) return;
  await removeAbandonedDrafts(cluster.directory);
  const draft = `${cluster.directory}.draft-${process.pid}-${randomBytes(4).toString('hex')}`;
  try {
    await mkdir(draft, { mode: 0o700 });
    await give(cluster, draft);
    await run(cluster, cluster.binaries.initdb, [
      `--pgdata=${draft}`,
      `--username=${SUPERUSER}`,
      '--encoding=UTF8',
      '--locale=C',
      // Letters of all scripts have case, and the order never depends on the machine's C library.
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
      '--auth=peer',
      ...(cluster.durable ? [] : ['--no-sync']),
    ]);
    // Single-user mode: roles exist before the first connection can be made.
    await run(
      cluster,
      cluster.binaries.postgres,
      ['--single', '-D', draft, ...(cluster.durable ? [] : ['-c', 'fsync=off']), 'postgres'],
      [
        `create role ${ROLE} login nosuperuser nocreatedb nocreaterole noreplication nobypassrls;`,
        `create database ${DATABASE} owner ${ROLE};`,
        '',
      ].join('\n'),
    );
    await rename(draft, cluster.directory);
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    // Another first start was faster: its cluster is as good.
    if (await exists(path.join(cluster.directory, 'PG_VERSION'))) return;
    throw error;
  }
}

/**
 * Says who may connect: the kernel tells PostgreSQL which user is at the other end of the socket, so there is no
 * password to keep. Only root and the user that runs Latchkey are let in.
 */
export async function writeAccessRules(cluster: Cluster): Promise<void> {
  const peers = [...new Set(['root', userInfo().username])];
  const ident = peers.flatMap((peer) => [SUPERUSER, ROLE].map((role) => `latchkey "${peer}" ${role}`));
  for (const [name, lines] of [
    ['pg_ident.conf', ident],
    ['pg_hba.conf', ['local all all peer map=latchkey']],
  ] as const) {
    const file = path.join(cluster.directory, name);
    await writeFile(file, `${lines.join('\n')}\n`, { mode: 0o600 });
    await give(cluster, file);
  }
}

/** Hands a path to the user that runs PostgreSQL. */
export async function give(cluster: Pick<Cluster, 'runAs'>, target: string): Promise<void> {
  const { uid, gid } = cluster.runAs.user;
  if (userInfo().uid === 0) await chown(target, uid, gid);
}

/** Makes the data directory, private to this user; PostgreSQL's user may only walk through it. */
export async function ensureDataDirectory(dataDirectory: string): Promise<void> {
  const made = await mkdir(dataDirectory, { recursive: true });
  if (made) await chmod(dataDirectory, userInfo().uid === 0 ? 0o711 : 0o700);
}

async function removeAbandonedDrafts(directory: string): Promise<void> {
  const parent = path.dirname(directory);
  const prefix = `${path.basename(directory)}.draft-`;
  for (const name of await readdir(parent)) {
    if (!name.startsWith(prefix)) continue;
    const pid = Number(name.slice(prefix.length).split('-')[0]);
    if (pid !== process.pid && isAlive(pid)) continue;
    // The dead process may have left an initdb that still writes.
    await rm(path.join(parent, name), { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  }
}

/** True when a process with this id exists, whoever owns it. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

async function exists(file: string): Promise<boolean> {
  try {
    await stat(file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
}
