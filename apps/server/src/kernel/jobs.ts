import { type CronItem, Logger, parseCronItems, run, type Task } from 'graphile-worker';
import type pg from 'pg';
import type { Log } from './log.ts';

/** A job's name, when it runs (crontab) if it recurs, and what it does. */
export interface Job {
  name: string;
  /** Five crontab fields, UTC. */
  schedule: string;
  run(): Promise<void>;
}

export interface Jobs {
  close(): Promise<void>;
}

/** Jobs due later are looked for this often; what is enqueued for now arrives by NOTIFY, so an idle server is silent. */
const POLL_INTERVAL_MS = 300_000;

/** Starts the worker in this process; many processes share the work through the database. */
export async function startJobs(options: { pool: pg.Pool; log: Log; jobs: readonly Job[] }): Promise<Jobs> {
  const { jobs, log } = options;
  const taskList: Record<string, Task> = Object.fromEntries(jobs.map((job) => [job.name, () => job.run()]));
  const parsedCronItems = jobs.map((job): CronItem => ({ task: job.name, match: job.schedule, identifier: job.name }));
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
