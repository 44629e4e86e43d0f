import { type App, AppError, startApp } from './app.ts';
import { banner } from './banner.ts';
import { ConfigError, loadConfig } from './config.ts';
import { openDatabase } from './database-source.ts';
import { createLog } from './kernel/log.ts';
import { SchemaTooNewError } from './kernel/migrate.ts';
import { EmbeddedPostgresError } from './kernel/postgres/embedded.ts';
import { ExternalDatabaseError } from './kernel/postgres/external.ts';
import { loadMasterKeys } from './master-key.ts';

/** How long requests in progress may take when the process is asked to stop. */
const STOP_TIMEOUT_MS = 10_000;

/** Errors that the operator can mend: one line, no stack. */
const isOperatorsError = (error: unknown): error is Error =>
  [ConfigError, EmbeddedPostgresError, ExternalDatabaseError, SchemaTooNewError, AppError].some(
    (kind) => error instanceof kind,
  );

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

function exitWith(error: unknown): never {
  if (isOperatorsError(error)) process.stderr.write(`${error.message}\n`);
  else process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exit(1);
}

async function run(): Promise<void> {
  const config = loadConfig(process.env);
  for (const warning of config.warnings) process.stderr.write(`${warning}\n`);
  const log = createLog(config.logLevel === 'info' ? 'warn' : config.logLevel);
  const source = await openDatabase(config, log);
  let starting: Promise<App> | undefined;

  let stopping = false;
  const stop = async (code: number): Promise<void> => {
    if (stopping) return;
    stopping = true;
    const forced = setTimeout(() => process.exit(1), STOP_TIMEOUT_MS);
    forced.unref();
    // A signal that comes while the app is starting finds it whole, and so nothing of it outlives the database.
    const app = await starting?.catch(() => undefined);
    await app?.close();
    await source.close();
    process.exit(code);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void stop(0));

  let app: App;
  try {
    const masterKeys = await loadMasterKeys(config);
    starting = startApp({ config, masterKeys, connection: source.connection, log });
    app = await starting;
  } catch (error) {
    await source.close();
    throw error;
  }
  void source.lost.then((error) => {
    process.stderr.write(`${error.message}\n`);
    void stop(1);
  });
  for (const line of banner(config, app.start)) say(line);
}

process.on('unhandledRejection', exitWith);
await run().catch(exitWith);
