import { parseArgs } from 'node:util';
import { createModules } from '../compose.ts';
import { ConfigError, loadConfig } from '../config.ts';
import { type DatabaseSource, openDatabaseBeside } from '../database-source.ts';
import { RequestError } from '../kernel/errors.ts';
import { createLog } from '../kernel/log.ts';
import { SchemaTooNewError } from '../kernel/migrate.ts';
import { EmbeddedPostgresError } from '../kernel/postgres/embedded.ts';
import { ExternalDatabaseError } from '../kernel/postgres/external.ts';
import { loadMasterKeys } from '../master-key.ts';
import type { Modules } from '../modules.ts';
import { openWorld, type World } from '../world.ts';
import { commands, UsageError } from './commands.ts';
import { doctor } from './doctor.ts';

/** What a command works with. */
export interface CommandContext {
  world: World;
  modules: Modules;
  options: Options;
}

const OPTIONS = {
  json: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
  tenant: { type: 'string' },
  username: { type: 'string' },
  password: { type: 'string' },
  type: { type: 'string' },
  name: { type: 'string' },
  'management-api': { type: 'boolean' },
  'redirect-uri': { type: 'string', multiple: true },
  'post-sign-out-uri': { type: 'string', multiple: true },
  algorithm: { type: 'string' },
  'grace-period': { type: 'string' },
} as const;

export type Options = ReturnType<typeof parse>['values'];

const parse = (args: string[]) => parseArgs({ args, options: OPTIONS, allowPositionals: true, strict: true });

const USAGE = `Usage: npm run --silent cli -- <command> [options]

Works on this host while the server runs or stands still. Every change is audited.

  admin create [--username NAME [--password P]]   a link for a new administrator, or the account itself
  admin recover [--username NAME]                 a one-time link for a locked-out administrator
  app create --type TYPE --name NAME              an application; prints its id and secret
      [--management-api] [--redirect-uri URI]… [--post-sign-out-uri URI]… [--tenant ID]
      TYPE: Native, SPA, Traditional or MachineToMachine
  keys rotate [--algorithm ES256|ES384|RS256|PS256] [--grace-period SECONDS] [--tenant ID]
  keys reseal                                     seals secrets anew after SECRET_KEY was changed
  doctor                                          checks this install and says what mends it

  --json     print one JSON object
`;

function print(result: Record<string, unknown>, json: boolean): void {
  if (json) process.stdout.write(`${JSON.stringify(result)}\n`);
  else for (const [name, value] of Object.entries(result)) process.stdout.write(`${name}: ${String(value)}\n`);
}

const isOperatorsError = (error: unknown): error is Error =>
  [UsageError, ConfigError, EmbeddedPostgresError, ExternalDatabaseError, SchemaTooNewError].some(
    (kind) => error instanceof kind,
  );

async function run(args: string[]): Promise<number> {
  const { values: options, positionals } = parse(args);
  const name = positionals.join(' ');
  if (options.help || name === '') {
    process.stdout.write(USAGE);
    return options.help ? 0 : 1;
  }
  const config = loadConfig(process.env);
  const log = createLog(config.logLevel === 'info' ? 'warn' : config.logLevel);
  if (name === 'doctor') return doctor({ config, log, json: options.json ?? false });
  const command = commands[name];
  if (!command) throw new UsageError(`there is no command "${name}"\n\n${USAGE}`);

  let source: DatabaseSource | undefined;
  let world: World | undefined;
  try {
    source = await openDatabaseBeside(config, log);
    const masterKeys = await loadMasterKeys(config);
    world = await openWorld({ config, masterKeys, connection: source.connection, log });
    const modules = createModules(world);
    await modules.tenants.install();
    print(await command({ world, modules, options }), options.json ?? false);
    return 0;
  } finally {
    await world?.close();
    await source?.close();
  }
}

try {
  process.exit(await run(process.argv.slice(2)));
} catch (error) {
  const code = (error as NodeJS.ErrnoException).code;
  if (error instanceof RequestError) {
    const { code: errorCode, message, details } = error.body();
    process.stderr.write(`${errorCode}: ${message}${details ? `\n${details}` : ''}\n`);
  } else if (isOperatorsError(error) || code?.startsWith('ERR_PARSE_ARGS')) {
    process.stderr.write(`${(error as Error).message}\n`);
  } else {
    process.stderr.write(`${(error as Error).stack}\n`);
  }
  process.exit(1);
}
