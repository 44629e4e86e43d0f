import { readdirSync, readFileSync } from 'node:fs';

/** CPU time in milliseconds, apart for the server and for its PostgreSQL. */
export interface CpuTime {
  server: number;
  postgres: number;
}

/** proc(5) counts in ticks; Linux has answered 100 to user space on every architecture since 2.4. */
const MS_PER_TICK = 10;

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    // A backend may end between the listing and the look; its parent has its time by then.
    if (['ENOENT', 'ESRCH'].includes((error as NodeJS.ErrnoException).code ?? '')) return undefined;
    throw error;
  }
}

/** Every thread may have started a process. */
function childrenOf(pid: number): number[] {
  try {
    return readdirSync(`/proc/${pid}/task`).flatMap((thread) =>
      (read(`/proc/${pid}/task/${thread}/children`) ?? '').split(' ').filter(Boolean).map(Number),
    );
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

/** CPU time of a process and all below it, ended and awaited ones included. */
export function cpuTimeOf(pid: number): CpuTime {
  const stat = read(`/proc/${pid}/stat`);
  if (!stat) return { server: 0, postgres: 0 };
  const nameEnd = stat.lastIndexOf(')');
  const name = stat.slice(stat.indexOf('(') + 1, nameEnd);
  const fields = stat.slice(nameEnd + 2).split(' ');
  // utime, stime, cutime, cstime.
  const own = fields.slice(11, 15).reduce((sum, ticks) => sum + Number(ticks), 0) * MS_PER_TICK;
  const isPostgres = name === 'postgres';
  const total = { server: isPostgres ? 0 : own, postgres: isPostgres ? own : 0 };
  for (const child of childrenOf(pid)) {
    const below = cpuTimeOf(child);
    total.server += below.server;
    total.postgres += below.postgres;
  }
  return total;
}

/** Resident memory of one process, in MB. */
export function residentMegabytes(pid: number): number {
  return Number(/VmRSS:\s+(\d+)/.exec(read(`/proc/${pid}/status`) ?? '')?.[1] ?? 0) / 1024;
}
