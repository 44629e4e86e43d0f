import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { chmod, chown, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

const FIXTURE = path.join(import.meta.dirname, 'owner.fixture.ts');
const root = process.getuid?.() === 0;
const NOBODY = 65_534;
const OTHER_USER = 65_533;
/** Another user can run this test's program: not in a clone that only root may enter. */
const open =
  root &&
  spawnSync(process.execPath, ['-e', `require('node:fs').readFileSync(${JSON.stringify(FIXTURE)})`], {
    uid: NOBODY,
    gid: NOBODY,
  }).status === 0;

interface Owner {
  process: ChildProcess;
  connection: pg.PoolConfig;
  exited: Promise<number | null>;
}

let parent: string;
let data: string;
let children: ChildProcess[] = [];

beforeEach(async () => {
  // As in a fresh `mktemp -d`: only its maker may enter.
  parent = await mkdtemp(path.join(tmpdir(), 'latchkey-pg-'));
  data = path.join(parent, 'data');
});

afterEach(async () => {
  for (const child of children) child.kill('SIGKILL');
  children = [];
  await killPostmaster('SIGQUIT').catch(() => undefined);
  await rm(parent, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 });
});

const postmasterPid = async (): Promise<number> =>
  Number((await readFile(path.join(data, 'postgres/postmaster.pid'), 'utf8')).split('\n')[0]);

const killPostmaster = async (signal: NodeJS.Signals): Promise<void> => {
  process.kill(await postmasterPid(), signal);
};

function launch(identity: { uid?: number; gid?: number } = {}): { process: ChildProcess; said: Promise<string> } {
  const child = spawn(process.execPath, [FIXTURE, data], {
    stdio: ['ignore', 'pipe', 'inherit'],
    cwd: '/',
    ...identity,
  });
  children.push(child);
  const said = new Promise<string>((resolve) => {
    createInterface({ input: child.stdout })
      .once('line', resolve)
      .once('close', () => resolve('nothing'));
  });
  return { process: child, said };
}

async function own(identity?: { uid?: number; gid?: number }): Promise<Owner> {
  const launched = launch(identity);
  const exited = new Promise<number | null>((resolve) => launched.process.once('exit', resolve));
  const line = await launched.said;
  expect(line).toMatch(/^ready /);
  const { connection } = JSON.parse(line.slice('ready '.length)) as { connection: pg.PoolConfig };
  return { process: launched.process, connection, exited };
}

async function query(owner: Owner, sql: string): Promise<unknown[][]> {
  const client = new pg.Client(owner.connection);
  await client.connect();
  try {
    return (await client.query({ text: sql, rowMode: 'array' })).rows as unknown[][];
  } finally {
    await client.end();
  }
}

const write = (owner: Owner, word: string) =>
  query(owner, `create table if not exists words (word text); insert into words values ('${word}')`);
const words = async (owner: Owner) => (await query(owner, 'select word from words order by word')).flat();

async function stop(owner: Owner): Promise<void> {
  owner.process.kill('SIGTERM');
  expect(await owner.exited).toBe(0);
}

describe('the embedded PostgreSQL', () => {
  test('makes the cluster in a private directory, keeps it over a stop, and works as an ordinary role', async () => {
    const first = await own();
    await write(first, 'kept');
    expect(
      await query(
        first,
        'select current_user, rolsuper, rolbypassrls, rolcreatedb, rolcreaterole from pg_roles where rolname = current_user',
      ),
    ).toEqual([['latchkey', false, false, false, false]]);
    expect(await query(first, 'show listen_addresses')).toEqual([['']]);
    await stop(first);
    await expect(postmasterPid()).rejects.toThrow('ENOENT');

    const second = await own();
    expect(await words(second)).toEqual(['kept']);
    await stop(second);
    expect((await stat(path.join(data, 'socket'))).mode & 0o777).toBe(0o700);
    expect((await readdir(data)).sort()).toEqual(['postgres', 'socket']);
  });

  test('shuts down the server that a killed owner left behind, and loses nothing committed', async () => {
    const killed = await own();
    await write(killed, 'committed');
    const orphan = await postmasterPid();
    killed.process.kill('SIGKILL');
    await killed.exited;
    expect(() => process.kill(orphan, 0)).not.toThrow();

    const next = await own();
    expect(await postmasterPid()).not.toBe(orphan);
    expect(await words(next)).toEqual(['committed']);
    await stop(next);
  });

  test('brings the database back after kill -9 of PostgreSQL', async () => {
    const owner = await own();
    await write(owner, 'committed');
    const before = await postmasterPid();
    await killPostmaster('SIGKILL');
    await expect.poll(() => words(owner).catch(() => []), { timeout: 20_000 }).toEqual(['committed']);
    expect(await postmasterPid()).not.toBe(before);
    expect(await launch().said).toMatch(/^refused: another Latchkey is running/);
    await stop(owner);
  });

  test('starts after kill -9 of the owner and of PostgreSQL at once', async () => {
    const killed = await own();
    await write(killed, 'committed');
    killed.process.kill('SIGKILL');
    await killPostmaster('SIGKILL');
    await killed.exited;
    const next = await own();
    expect(await words(next)).toEqual(['committed']);
    await stop(next);
  });

  test('refuses a second owner with one line, and leaves the first alone', async () => {
    const owner = await own();
    const second = launch();
    expect(await second.said).toBe(
      `refused: another Latchkey is running on ${data}: stop it, or choose another LATCHKEY_HOME`,
    );
    expect(await query(owner, 'select 1')).toEqual([[1]]);
    await stop(owner);
  });

  test('gives two first starts at the same time one cluster and one owner', async () => {
    const lines = await Promise.all([launch().said, launch().said]);
    expect(lines.filter((line) => line.startsWith('ready'))).toHaveLength(1);
    expect(lines.filter((line) => line.startsWith('refused: another Latchkey'))).toHaveLength(1);
    expect((await readdir(data)).sort()).toEqual(['postgres', 'socket']);
  });

  test.each([100, 400, 800])('starts after kill -9 at %i ms into the first start', async (ms) => {
    const killed = launch();
    await delay(ms);
    killed.process.kill('SIGKILL');
    const next = await own();
    expect((await readdir(data)).sort()).toEqual(['postgres', 'socket']);
    await stop(next);
  });

  test('puts the socket elsewhere when the path is too long for one', async () => {
    data = path.join(parent, 'a'.repeat(60), 'b'.repeat(60));
    const owner = await own();
    expect(owner.connection.host).toMatch(/\/latchkey-[0-9a-f]{16}$/);
    expect(await query(owner, 'select 1')).toEqual([[1]]);
    await stop(owner);
    await rm(String(owner.connection.host), { recursive: true });
  });

  test('starts over a stale pid file that names a living stranger', async () => {
    await stop(await own());
    const file = path.join(data, 'postgres/postmaster.pid');
    await writeFile(file, `${process.pid}\n${path.join(data, 'postgres')}\n`);
    await stop(await own());
  });

  test.runIf(open)('runs as an ordinary user, whom other users cannot join', async () => {
    await chmod(parent, 0o755);
    await mkdir(data);
    await chown(data, NOBODY, NOBODY);
    const owner = await own({ uid: NOBODY, gid: NOBODY });
    expect((await stat(path.join(data, 'postgres'))).uid).toBe(NOBODY);
    expect(await query(owner, 'select current_user')).toEqual([['latchkey']]);
    const knock = `require('node:net').connect(process.argv[1]).on('error', (e) => console.log(e.code)).on('connect', () => process.exit(1))`;
    const socket = `${owner.connection.host}/.s.PGSQL.5432`;
    const stranger = spawnSync(process.execPath, ['-e', knock, socket], { uid: OTHER_USER, gid: OTHER_USER, cwd: '/' });
    expect(stranger.stdout.toString()).toBe('EACCES\n');
    await stop(owner);
    // Root takes over a directory that an ordinary user made, without changing its owner.
    const asRoot = await own();
    expect((await stat(path.join(data, 'postgres'))).uid).toBe(NOBODY);
    await stop(asRoot);
  });
});
