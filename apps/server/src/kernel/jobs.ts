import { sql } from 'drizzle-orm';
import { type CronItem, Logger, parseCronItems, run, type Task } from 'graphile-worker';
import type pg from 'pg';
import type { Log } from './log.ts';
import type { Scope } from './scope.ts';

/** A job's name and what it does: at its times, or each time that it is enqueued. */
export interface Job {
  name: string;
  /** Five crontab fields, UTC; a job without them runs when it is enqueued. */
  schedule?: string;
  run(payload?: unknown): Promise<void>;
}

/** How often a job is tried that was enqueued; the pauses grow from seconds to hours. */
const MAX_ATTEMPTS = 8;

/** Asks for a job in the transaction in progress: it runs when that has committed, in whichever process is free. */
export async function enqueueJob({ db }: Pick<Scope, 'db'>, name: string, payload: object): Promise<void> {
  await db.execute(sql`
    select graphile_worker.add_job(${name}, payload => ${JSON.stringify(payload)}::json, max_attempts => ${MAX_ATTEMPTS})`);
}

export interface Jobs {
  close(): Promise<void>;
}

/** Jobs due later are looked for this often; what is enqueued for now arrives by NOTIFY, so an idle server is silent. */
const POLL_INTERVAL_MS = 300_000;

/** Starts the worker in this process; many processes share the work through the database. */
export async function startJobs(options: { pool: pg.Pool; log: Log; jobs: readonly Job[] }): Promise<Jobs> {
  const { jobs, log } = options;
  const taskList: Record<string, Task> = Object.fromEntries(
    jobs.map((job) => [job.name, (payload) => job.run(payload)]),
  );
  const parsedCronItems = jobs.flatMap(({ name, schedule }): CronItem[] =>
    schedule === undefined ? [] : [{ task: name, match: schedule, identifier: name }],
  );
  const runner = await run({
    pgPool: options.pool,
    concurrency: 2,
    noHandleSignals: true,
    pollInterval: POLL_INTERVAL_MS,
    taskList,
    parsedCronItems: parseCronItems(parsedCronItems),
    logger: new Logger(() => (level, message) => {
      if (level === 'error') log.error(message);
      else if (level === 'warning') log.warn(message);
      else log.debug(message);
    }),
  });
  // Without a listener a failed start of the worker would end the process.
  runner.promise.catch((error: unknown) => log.error({ error }, 'the job worker stopped'));
  return { close: () => runner.stop() };
}
