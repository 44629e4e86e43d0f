import type { AuditKind } from '@latchkey/server/contract';
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { ApiClient } from '../../api/client.ts';
import { type ListView, pageSize } from '../../components/list-panel.tsx';
import { saveFile } from '../../components/save-file.ts';

export type LogFilters = {
  search?: string | undefined;
  kind?: AuditKind | undefined;
  result?: 'Success' | 'Error' | undefined;
};

export const logsPageSize = 20;
const LIVE_INTERVAL_MS = 3000;

/** A page of the trail; `live` looks for new entries while the page is looked at. */
export const logsQuery = (api: ApiClient, filters: LogFilters, before: string | undefined, live: boolean) =>
  queryOptions({
    queryKey: ['audit-logs', filters, before],
    queryFn: ({ signal }) =>
      api.list('GET /api/logs', {
        query: { ...filters, before, enableCap: 'true', page_size: logsPageSize },
        signal,
      }),
    placeholderData: keepPreviousData,
    refetchInterval: live ? LIVE_INTERVAL_MS : false,
  });

/** Whom a part of the trail is about, or what was changed. */
export type LogSubject = { userId: string } | { applicationId: string } | { targetType: string; targetId: string };

export const logsOfQuery = (api: ApiClient, of: LogSubject, { page = 1 }: ListView) =>
  queryOptions({
    queryKey: ['audit-logs', 'of', of, page],
    queryFn: ({ signal }) =>
      api.list('GET /api/logs', { query: { ...of, page, page_size: pageSize, enableCap: 'true' }, signal }),
    placeholderData: keepPreviousData,
  });

/** An object as the trail names it. */
export type AuditedObject = { targetType: string; targetId: string };

export const historyQuery = (api: ApiClient, of: AuditedObject, page: number) =>
  queryOptions({
    queryKey: ['audit-logs', 'history', of, page],
    queryFn: ({ signal }) => api.list('GET /api/logs/history', { query: { ...of, page, page_size: pageSize }, signal }),
    placeholderData: keepPreviousData,
  });

/** In milliseconds since 1970. */
export type Moments = { from: number; to: number };

export const differenceQuery = (api: ApiClient, of: AuditedObject, { from, to }: Moments) =>
  queryOptions({
    queryKey: ['audit-logs', 'difference', of, from, to],
    queryFn: ({ signal }) => api.call('GET /api/logs/difference', { query: { ...of, from, to }, signal }),
    placeholderData: keepPreviousData,
  });

/** Saves all entries that the filters leave as a file. */
export async function saveExport(api: ApiClient, filters: LogFilters, format: 'csv' | 'ndjson'): Promise<void> {
  saveFile(await api.download('GET /api/logs/export', { query: { ...filters, format } }), `audit-logs.${format}`);
}
