import type { TransferFormat, UserImport } from '@latchkey/server/contract';
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { ApiClient } from '../../api/client.ts';
import { containing } from '../../api/search-pattern.ts';
import { useChange } from '../../api/use-change.ts';
import { type ListView, pageSize } from '../../components/list-panel.tsx';

const key = 'user-imports';
const PROGRESS_INTERVAL_MS = 1000;

export const isOpen = ({ status }: UserImport) => status === 'Waiting' || status === 'Running';

/** The imports, looked at again each second while one of them goes on. */
export const importsQuery = (api: ApiClient, { page = 1 }: ListView) =>
  queryOptions({
    queryKey: [key, page],
    queryFn: ({ signal }) => api.list('GET /api/user-imports', { query: { page, page_size: pageSize }, signal }),
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) => (state.data?.items.some(isOpen) ? PROGRESS_INTERVAL_MS : false),
  });

type Upload = { file: File; format: TransferFormat; dryRun: boolean };

/** Users that come in are in no list yet. */
export const useStartImport = () =>
  useChange([[key], ['users', 'list']], (api, { file, format, dryRun }: Upload) =>
    api.call('POST /api/user-imports', { file, query: { format, dryRun: dryRun ? 'true' : undefined } }),
  );

export const useCancelImport = () =>
  useChange([[key]], (api, id: string) => api.call('POST /api/user-imports/:id/cancel', { params: { id } }));

export const loadReport = (api: ApiClient, id: string): Promise<Blob> =>
  api.download('GET /api/user-imports/:id/errors', { params: { id } });

type ExportOptions = { format: TransferFormat; includePasswordHash: boolean; search: string | undefined };

export const loadExport = (api: ApiClient, { format, includePasswordHash, search }: ExportOptions): Promise<Blob> =>
  api.download('GET /api/user-exports', {
    query: { format, includePasswordHash: includePasswordHash ? 'true' : undefined, search: containing(search) },
  });
