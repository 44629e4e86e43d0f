import { stringify } from 'csv-stringify/sync';
import type { Log } from './log.contract.ts';

/** Columns of the CSV; everything else of an entry is in the last one, as JSON. */
const COLUMNS = [
  'createdAt',
  'key',
  'result',
  'actorType',
  'actorId',
  'targetType',
  'targetId',
  'userId',
  'applicationId',
  'ip',
  'userAgent',
  'requestId',
  'id',
  'payload',
] as const;

const toRecord = ({ id, key, createdAt, payload }: Log): Record<(typeof COLUMNS)[number], string> => {
  const {
    actor,
    target,
    result,
    ip,
    userAgent,
    userAgentParsed: _,
    userId,
    applicationId,
    requestId,
    ...rest
  } = payload;
  const { type: actorType, id: actorId } = actor as { type: string; id: string | null };
  const { type: targetType, id: targetId } = (target ?? {}) as { type?: string; id?: string };
  const texts = { actorType, actorId, targetType, targetId, userId, applicationId, ip, userAgent, requestId };
  return {
    id,
    key,
    result,
    createdAt: new Date(createdAt).toISOString(),
    payload: JSON.stringify(rest),
    ...(Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, String(text ?? '')])) as Record<
      keyof typeof texts,
      string
    >),
  };
};

/** How an export is written: what comes first, and the text of a batch. */
export const exportFormats = {
  csv: {
    mediaType: 'text/csv; charset=utf-8',
    head: stringify([[...COLUMNS]]),
    // A cell that begins like a formula would be run by the spreadsheet that opens it.
    write: (logs: Log[]): string => stringify(logs.map(toRecord), { columns: [...COLUMNS], escape_formulas: true }),
  },
  ndjson: {
    mediaType: 'application/x-ndjson; charset=utf-8',
    head: '',
    write: (logs: Log[]): string => logs.map((log) => `${JSON.stringify(log)}\n`).join(''),
  },
} as const;
