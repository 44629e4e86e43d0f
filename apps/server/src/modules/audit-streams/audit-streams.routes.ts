import type { Routes } from '../../kernel/operations.ts';
import * as contract from './audit-streams.contract.ts';
import type { AuditStreamsService, MeasuredStream } from './audit-streams.service.ts';

const toSyslogStream = ({ row, status }: MeasuredStream) => ({
  type: 'syslog' as const,
  enabled: row.enabled,
  ...(row.destination as contract.SyslogDestination),
  status,
});

const toHttpStream = ({ row, status }: MeasuredStream) => ({
  type: 'http' as const,
  enabled: row.enabled,
  ...(row.destination as contract.HttpDestination),
  hasToken: row.tokenSealed !== null,
  status,
});

export function auditStreamsRoutes(service: AuditStreamsService): Routes {
  return (route) => {
    route(contract.listAuditStreams, async ({ scope }) =>
      (await service.list(scope)).map((stream) =>
        stream.row.type === 'syslog' ? toSyslogStream(stream) : toHttpStream(stream),
      ),
    );
    route(contract.putSyslogStream, async ({ scope, body }) => toSyslogStream(await service.putSyslog(scope, body)));
    route(contract.putHttpStream, async ({ scope, body }) => toHttpStream(await service.putHttp(scope, body)));
    route(contract.deleteAuditStream, ({ scope, params }) => service.remove(scope, params.type));
    route(contract.testAuditStream, ({ scope, params }) => service.test(scope, params.type));
  };
}
