import { Readable } from 'node:stream';
import Bowser from 'bowser';
import { FIRST_PAGE, type Routes } from '../../kernel/operations.ts';
import type { Scope } from '../../kernel/scope.ts';
import * as contract from './audit-logs.contract.ts';
import type { AuditLogsService } from './audit-logs.service.ts';
import type { AuditRow, LogFilter } from './audit-logs.store.ts';
import { exportFormats } from './export-formats.ts';
import { type Log, type LogPayload, logPayload } from './log.contract.ts';
import { readWindow } from './log-window.ts';

/** What a user agent says of the device; the wire's names, and nothing where nothing is known. */
function parseUserAgent(ua: string): LogPayload['userAgentParsed'] {
  const { browser, os, platform, engine } = Bowser.parse(ua);
  return {
    ua,
    browser: { name: browser.name, version: browser.version },
    device: { model: platform.model, type: platform.type, vendor: platform.vendor },
    engine: { name: engine.name, version: engine.version },
    os: { name: os.name, version: os.version },
  };
}

/** What an entry keeps; a fact by a name of the wire's that has not the wire's form would keep a whole list from its reader. */
const factsOf = (payload: AuditRow['payload']): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(payload).filter(([name, value]) => {
      const form = Object.hasOwn(logPayload.shape, name) && logPayload.shape[name as keyof typeof logPayload.shape];
      return !form || form.safeParse(value).success;
    }),
  );

/** A row of the trail in the wire's shape (features 11.2), with who did it to what beside it. */
export const toLog = (row: AuditRow): Log => ({
  tenantId: row.tenantId,
  id: row.id,
  key: row.key,
  payload: {
    ...factsOf(row.payload),
    key: row.key,
    result: row.result,
    actor: { type: row.actorType, id: row.actorId },
    ...(row.targetType !== null && { target: { type: row.targetType, id: row.targetId } }),
    requestId: row.requestId,
    ...(row.userId !== null && { userId: row.userId }),
    ...(row.applicationId !== null && { applicationId: row.applicationId }),
    ...(row.ip !== null && { ip: row.ip }),
    ...(row.userAgent && { userAgent: row.userAgent, userAgentParsed: parseUserAgent(row.userAgent) }),
  },
  createdAt: row.createdAt.getTime(),
});

type FilterQuery = Omit<LogFilter, 'key' | 'from' | 'to' | 'target'> & {
  logKey?: string | undefined;
  targetId?: string | undefined;
  start_time?: number | undefined;
  end_time?: number | undefined;
};

const toFilter = (query: FilterQuery): LogFilter => {
  const { logKey: key, userId, applicationId, kind, result, targetType, targetId } = query;
  const target = targetType !== undefined && targetId !== undefined ? { type: targetType, id: targetId } : undefined;
  const search = query.search?.trim();
  return { key, userId, applicationId, kind, result, search, target, targetType, ...readWindow(query) };
};

const targetOf = (query: { targetType: string; targetId: string }) => ({ type: query.targetType, id: query.targetId });

export function auditLogsRoutes(service: AuditLogsService): Routes {
  const write = async function* (scope: Scope, filter: LogFilter, format: keyof typeof exportFormats) {
    const { head, write: text } = exportFormats[format];
    if (head) yield head;
    for await (const rows of service.batches(scope, filter)) yield text(rows.map(toLog));
  };

  return (route) => {
    route(contract.listLogs, async ({ scope, query, page = FIRST_PAGE, setListed }) => {
      const options = { page, before: query.before, cap: query.enableCap };
      const listed = await service.list(scope, toFilter(query), options);
      setListed(listed);
      return listed.rows.map(toLog);
    });

    route(contract.exportLogs, async ({ scope, query, reply }) => {
      const filter = toFilter(query);
      const name = `audit-logs-${scope.now.toISOString().slice(0, 10)}.${query.format}`;
      reply
        .type(exportFormats[query.format].mediaType)
        .header('content-disposition', `attachment; filename="${name}"`)
        .send(Readable.from(write(scope, filter, query.format)));
    });

    route(contract.getObjectHistory, async ({ scope, query, page = FIRST_PAGE, setTotal }) => {
      const { entries, total } = await service.history(scope, targetOf(query), page);
      setTotal(total);
      return entries.map(({ row, changes }) => ({
        ...toLog(row),
        actor: { type: row.actorType, id: row.actorId },
        changes,
      }));
    });

    route(contract.compareMoments, async ({ scope, query }) => {
      const times = { from: new Date(query.from), to: new Date(query.to) };
      const { from, to, changes } = await service.compare(scope, targetOf(query), times);
      const wire = (moment: typeof from) => ({ time: moment.time.getTime(), state: moment.state });
      return { from: wire(from), to: wire(to), changes };
    });

    route(contract.getLog, async ({ scope, params }) => toLog(await service.get(scope, params.id)));

    route(contract.getAuditLogSettings, ({ scope }) => service.settings(scope));

    route(contract.updateAuditLogSettings, ({ scope, body }) => service.updateSettings(scope, body));
  };
}
