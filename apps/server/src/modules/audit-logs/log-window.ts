import { fail } from './audit-logs.errors.ts';

/** A time window as dates; both ends are optional. */
export function readWindow(query: { start_time?: number | undefined; end_time?: number | undefined }): {
  from: Date | undefined;
  to: Date | undefined;
} {
  const { start_time: start, end_time: end } = query;
  if (start !== undefined && end !== undefined && start > end) throw fail('log.invalid_time_window');
  return {
    from: start === undefined ? undefined : new Date(start),
    to: end === undefined ? undefined : new Date(end),
  };
}
