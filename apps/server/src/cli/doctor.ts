import { existsSync } from 'node:fs';
import { createConnection } from 'node:net';
import pg from 'pg';
import type { Config } from '../config.ts';
import { openDatabaseBeside } from '../database-source.ts';
import type { Log } from '../kernel/log.ts';
import { ADMIT_SEARCH_INDEX, admitsSearchIndex } from '../kernel/postgres/search-index.ts';
import { keyFileOf } from '../master-key.ts';

interface Finding {
  check: string;
  state: 'ok' | 'warning' | 'problem';
  /** What was seen, and the line that mends it. */
  detail: string;
}

const ok = (check: string, detail: string): Finding => ({ check, state: 'ok', detail });
const warning = (check: string, detail: string): Finding => ({ check, state: 'warning', detail });
const problem = (check: string, detail: string): Finding => ({ check, state: 'problem', detail });

const CLOCK_TOLERANCE_MS = 5000;
const PROBE_TIMEOUT_MS = 5000;

/** Rights of the role, and the database's clock against ours: tokens are dated by ours, rows expire by it too. */
async function checkDatabase(config: Config, log: Log): Promise<Finding[]> {
  let source: Awaited<ReturnType<typeof openDatabaseBeside>> | undefined;
  try {
    source = await openDatabaseBeside(config, log);
    const client = new pg.Client(source.connection as pg.ClientConfig);
    await client.connect();
    const started = Date.now();
    const { rows } = await client.query<{ now: Date; version: string; superuser: boolean; bypass: boolean }>(
      `select clock_timestamp() as now, current_setting('server_version') as version,
         rolsuper as superuser, rolbypassrls as bypass from pg_roles where rolname = current_user`,
    );
    const searchable = await admitsSearchIndex(client);
    await client.end();
    const [row] = rows;
    if (!row) return [problem('database', 'the role of the session is unknown to the database')];
    const skew = Math.abs(row.now.getTime() - (started + Date.now()) / 2);
    return [
      ok('database', `PostgreSQL ${row.version}`),
      row.superuser || row.bypass
        ? warning(
            'database rights',
            'the role bypasses row-level security: connect as an ordinary role that owns the database',
          )
        : ok('database rights', 'an ordinary role'),
      searchable
        ? ok('user search', 'uses its index')
        : warning('user search', `reads every user: as a superuser, in this database, run: ${ADMIT_SEARCH_INDEX};`),
      skew > CLOCK_TOLERANCE_MS
        ? problem(
            'clock',
            `this host and the database differ by ${Math.round(skew / 1000)} s: set both by NTP (timedatectl set-ntp true)`,
          )
        : ok('clock', 'this host and the database agree'),
    ];
  } catch (error) {
    return [problem('database', (error as Error).message)];
  } finally {
    await source?.close();
  }
}

const portOpen = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = createConnection({ port, host: 'localhost', timeout: PROBE_TIMEOUT_MS });
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    for (const event of ['error', 'timeout'] as const) {
      socket.once(event, () => {
        socket.destroy();
        resolve(false);
      });
    }
  });

/** Asks the public URL for its own discovery document: the whole way through proxies, TLS and names. */
async function checkAddress(config: Config): Promise<Finding[]> {
  if (!(await portOpen(config.port))) {
    return [warning('server', `nothing listens on port ${config.port}: npm start`)];
  }
  if (config.endpoint.includes('*')) return [ok('server', `listens on port ${config.port}`)];
  const url = `${config.endpoint}/oidc/.well-known/openid-configuration`;
  try {
    const answer = await fetch(url, { signal: AbortSignal.timeout(PROBE_TIMEOUT_MS) });
    const { issuer } = (await answer.json()) as { issuer?: string };
    if (issuer === `${config.endpoint}/oidc`) return [ok('public URL', `${config.endpoint} leads here`)];
    return [problem('public URL', `${url} says issuer ${issuer}: set ENDPOINT to the URL that browsers use`)];
  } catch (error) {
    return [
      problem(
        'public URL',
        `${config.endpoint} does not answer from this host (${(error as Error).message}): let the proxy pass it to port ${config.port}, with Host kept as it is`,
      ),
    ];
  }
}

function checkSettings(config: Config): Finding[] {
  const insecure = config.endpoint.startsWith('http:') && !/^http:\/\/(localhost|127\.|\[::1\])/.test(config.endpoint);
  const secretKept = config.secretKey ? 'SECRET_KEY' : keyFileOf(config.home);
  return [
    insecure
      ? problem(
          'encryption',
          `${config.endpoint} is not encrypted: put a proxy with TLS in front and set ENDPOINT=https://…`,
        )
      : ok('encryption', config.endpoint.startsWith('https:') ? 'https' : 'http on this machine only'),
    config.endpoint.startsWith('https:') && !config.trustProxyHeader
      ? warning(
          'proxy',
          'behind a proxy set TRUST_PROXY_HEADER=true, or the log shows the proxy’s address for every client',
        )
      : ok('proxy', config.trustProxyHeader ? 'X-Forwarded headers are trusted' : 'not expected'),
    config.secretKey || existsSync(keyFileOf(config.home))
      ? ok('master key', `in ${secretKept}: keep a copy outside of this host`)
      : warning('master key', 'is made at the first start'),
    ok('mail', 'nothing sends mail yet'),
  ];
}

/** Prints one line a check; exit code 1 when something is broken. */
export async function doctor({ config, log, json }: { config: Config; log: Log; json: boolean }): Promise<number> {
  const findings = [
    ...checkSettings(config),
    ...config.warnings.map((line) => warning('settings', line)),
    ...(await checkDatabase(config, log)),
    ...(await checkAddress(config)),
  ];
  const healthy = findings.every((finding) => finding.state !== 'problem');
  if (json) process.stdout.write(`${JSON.stringify({ healthy, findings })}\n`);
  else
    for (const { check, state, detail } of findings) process.stdout.write(`${state.padEnd(8)} ${check}: ${detail}\n`);
  return healthy ? 0 : 1;
}
