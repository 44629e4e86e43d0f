import type { AuditLogSettings, AuditStreamType } from '@latchkey/server/contract';
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import type { ApiClient } from '../../api/client.ts';
import { useConsole } from '../../console-context.tsx';

const retentionKey = ['audit-logs', 'retention'];
const streamsKey = ['audit-logs', 'streams'];
/** A stream moves on while it is looked at. */
const REFRESH_MS = 5000;

export const retentionQuery = (api: ApiClient) =>
  queryOptions({
    queryKey: retentionKey,
    queryFn: ({ signal }) => api.call('GET /api/configs/audit-logs', { signal }),
  });

export const streamsQuery = (api: ApiClient) =>
  queryOptions({
    queryKey: streamsKey,
    queryFn: ({ signal }) => api.call('GET /api/configs/audit-streams', { signal }),
    refetchInterval: REFRESH_MS,
  });

/** A change, after which what it concerns is read anew. */
function useChange<Input, Answer>(key: string[], change: (api: ApiClient, input: Input) => Promise<Answer>) {
  const { api } = useConsole();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (input: Input) => change(api, input),
    onSuccess: () => queries.invalidateQueries({ queryKey: key }),
  });
}

export const useSaveRetention = () =>
  useChange(retentionKey, (api, retentionDays: AuditLogSettings['retentionDays']) =>
    api.call('PATCH /api/configs/audit-logs', { body: { retentionDays } }),
  );

export type SyslogInput = { host: string; port: number; tls: boolean; certificate: string | null; enabled: boolean };
export const useSaveSyslogStream = () =>
  useChange(streamsKey, (api, body: SyslogInput) => api.call('PUT /api/configs/audit-streams/syslog', { body }));

export type HttpInput = { url: string; token?: string; enabled: boolean };
export const useSaveHttpStream = () =>
  useChange(streamsKey, (api, body: HttpInput) => api.call('PUT /api/configs/audit-streams/http', { body }));

export const useEndStream = () =>
  useChange(streamsKey, (api, type: AuditStreamType) =>
    api.call('DELETE /api/configs/audit-streams/:type', { params: { type } }),
  );

export const useTestStream = () =>
  useChange(streamsKey, (api, type: AuditStreamType) =>
    api.call('POST /api/configs/audit-streams/:type/test', { params: { type } }),
  );
