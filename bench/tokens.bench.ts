// Client-credentials tokens: CPU time a token of the server and its PostgreSQL, against a bare server that only signs.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import autocannon from 'autocannon';
import { generateKeyPair, SignJWT } from 'jose';

const root = path.join(import.meta.dirname, '..');
const node = path.join(root, 'node_modules/.bin/node');
const SECONDS = 8;
const CONNECTIONS = 16;
const BUDGET_MS = 0.8;
const TICKS_PER_SECOND = 100;

/** CPU time of a process and all below it, in milliseconds (proc(5): utime, stime). */
function cpuOf(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const own = (Number(fields[11]) + Number(fields[12])) * (1000 / TICKS_PER_SECOND);
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean);
  return children.reduce((sum, child) => sum + cpuOf(Number(child)), own);
}

async function load(url: string, body: string): Promise<{ rate: number; p99: number; done: number }> {
  const result = await autocannon({
    url,
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body,
    connections: CONNECTIONS,
    duration: SECONDS,
  });
  if (result.non2xx > 0) throw new Error(`${result.non2xx} requests were refused`);
  return { rate: result.requests.average, p99: result.latency.p99, done: result.requests.total };
}

/** What signing costs by itself on this machine. */
async function limit(): Promise<number> {
  const { privateKey } = await generateKeyPair('ES256');
  const server = createServer(async (_request, response) => {
    const token = await new SignJWT({ scope: 'all', client_id: 'x' })
      .setProtectedHeader({ alg: 'ES256', typ: 'at+jwt' })
      .setIssuedAt()
      .setExpirationTime('1h')
      .setAudience('https://default.logto.app/api')
      .sign(privateKey);
    response.end(JSON.stringify({ access_token: token }));
  });
  await new Promise<void>((resolve) => server.listen(0, resolve));
  const { port } = server.address() as { port: number };
  const before = process.cpuUsage();
  const { done } = await load(`http://localhost:${port}`, 'x=1');
  const used = process.cpuUsage(before);
  server.close();
  // The load generator shares this process, so this is an upper bound of the limit.
  return (used.user + used.system) / 1000 / done;
}

async function start(home: string, port: number): Promise<ChildProcess> {
  const child = spawn(node, ['apps/server/src/main.ts'], {
    cwd: root,
    env: { ...process.env, PORT: String(port), LATCHKEY_HOME: home },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await new Promise<void>((resolve) => child.stdout?.on('data', (text) => String(text).includes('ready') && resolve()));
  return child;
}

const home = await mkdtemp(path.join(tmpdir(), 'latchkey-bench-'));
const port = 3900 + (process.pid % 90);
const server = await start(home, port);
try {
  const env = { ...process.env, PORT: String(port), LATCHKEY_HOME: home };
  const create = [
    'apps/server/src/cli/main.ts',
    'app',
    'create',
    '--type',
    'MachineToMachine',
    '--name',
    'Bench',
    '--management-api',
    '--json',
  ];
  const app = JSON.parse(execFileSync(node, create, { cwd: root, env, encoding: 'utf8' })) as {
    id: string;
    secret: string;
  };
  const body = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: app.id,
    client_secret: app.secret,
    resource: 'https://default.logto.app/api',
    scope: 'all',
  }).toString();
  const url = `http://localhost:${port}/oidc/token`;
  await load(url, body);
  const before = cpuOf(server.pid ?? 0);
  const { rate, p99, done } = await load(url, body);
  const each = (cpuOf(server.pid ?? 0) - before) / done;
  const bare = await limit();
  const memory = Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${server.pid}/status`, 'utf8'))?.[1]) / 1024;
  console.log(
    `client credentials  ${rate.toFixed(0)}/s  p99 ${p99} ms  ${each.toFixed(2)} ms CPU each (server and PostgreSQL)`,
  );
  console.log(
    `budget ${BUDGET_MS} ms: ${each <= BUDGET_MS ? 'met' : `over by ${(each - BUDGET_MS).toFixed(2)} ms`}; ${(each / bare).toFixed(1)} × bare signing incl. its load generator (${bare.toFixed(2)} ms)`,
  );
  console.log(`resident memory after the run  ${memory.toFixed(0)} MB`);
} finally {
  server.kill('SIGTERM');
  await new Promise((resolve) => server.once('close', resolve));
  rmSync(home, { recursive: true, force: true });
}
