import type { AuditKind, Log } from '@latchkey/server/contract';
import { Badge, Box, Button, Group, NativeSelect, Skeleton, Switch, Table, Text, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconDownload, IconListSearch, IconSettings } from '@tabler/icons-react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { EmptyState } from '../../components/empty-state.tsx';
import { FailureAlert } from '../../components/failure-alert.tsx';
import { LinkButton } from '../../components/link.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { Time } from '../../components/time.tsx';
import { useConsole } from '../../console-context.tsx';
import { usePhrases } from '../../i18n/language.tsx';
import { Actor } from './actor.tsx';
import { type LogFilters, logsPageSize, logsQuery, saveExport } from './audit-logs.queries.ts';
import { EventButton } from './event-button.tsx';
import { LogDialog } from './log-dialog.tsx';

const route = getRouteApi('/signed-in/audit-logs');
const auditKinds = ['protocol', 'signIn', 'change'] as const satisfies AuditKind[];
/** Counting stops here; the server says so in a header that the list's total stands for. */
const COUNT_CAP = 10_000;

/** The trail with filters, search, a live view and export. */
export function AuditLogsPage() {
  const { auditLogs: t, shell } = usePhrases();
  const { api } = useConsole();
  const { search, kind, result, before } = route.useSearch();
  const navigate = route.useNavigate();
  const [live, setLive] = useState(false);
  const [shown, setShown] = useState<Log | null>(null);
  const filters: LogFilters = {
    search,
    kind: auditKinds.find((known) => known === kind),
    result: result === 'Success' || result === 'Error' ? result : undefined,
  };
  const { data, error, refetch } = useQuery(logsQuery(api, filters, before, live && before === undefined));
  const save = useMutation({ mutationFn: (format: 'csv' | 'ndjson') => saveExport(api, filters, format) });
  const last = data?.items.at(-1);

  return (
    <>
      <PageHeader
        title={t.title}
        description={t.lead}
        actions={
          <Group gap="xs">
            <LinkButton
              to="/audit-logs/settings"
              variant="default"
              leftSection={<IconSettings size={16} aria-hidden />}
            >
              {t.settings.title}
            </LinkButton>
            {(['csv', 'ndjson'] as const).map((format) => (
              <Button
                key={format}
                variant="default"
                leftSection={<IconDownload size={16} aria-hidden />}
                loading={save.isPending && save.variables === format}
                onClick={() => save.mutate(format)}
              >
                {format === 'csv' ? t.exportCsv : t.exportNdjson}
              </Button>
            ))}
          </Group>
        }
      />
      {save.error && <FailureAlert error={save.error} />}
      <Box className="surface">
        <Filters filters={filters} live={live} onLive={setLive} />
        {error && (
          <Box p="md" pt={0}>
            <FailureAlert error={error} onRetry={() => refetch()} />
          </Box>
        )}
        {!error && !data && <Skeleton height={240} m="md" />}
        {data?.items.length === 0 && (
          <EmptyState icon={<IconListSearch size={28} />} title={t.emptyTitle} description={t.empty} />
        )}
        {data && data.items.length > 0 && <LogsTable logs={data.items} onShow={setShown} />}
        {data && (
          <Group justify="space-between" p="md">
            <Text size="sm" className="quiet" role="status">
              {data.total >= COUNT_CAP ? t.capped({ count: COUNT_CAP }) : shell.table.total({ count: data.total })}
            </Text>
            <Group gap="xs">
              {before !== undefined && (
                <Button variant="default" onClick={() => navigate({ search: filters })}>
                  {t.newest}
                </Button>
              )}
              {last && data.items.length === logsPageSize && (
                <Button variant="default" onClick={() => navigate({ search: { ...filters, before: last.id } })}>
                  {t.older}
                </Button>
              )}
            </Group>
          </Group>
        )}
      </Box>
      <LogDialog log={shown} onClose={() => setShown(null)} />
    </>
  );
}

function Filters({ filters, live, onLive }: { filters: LogFilters; live: boolean; onLive: (live: boolean) => void }) {
  const { auditLogs: t } = usePhrases();
  const navigate = route.useNavigate();
  const [text, setText] = useState(filters.search ?? '');
  const change = (next: LogFilters) => navigate({ search: { ...filters, ...next }, replace: true });
  const searchSoon = useDebouncedCallback((next: string) => change({ search: next.trim() || undefined }), 300);
  return (
    <Group p="md" align="end">
      <TextInput
        type="search"
        flex="1 1 220px"
        placeholder={t.search}
        aria-label={t.search}
        value={text}
        onChange={(event) => {
          setText(event.currentTarget.value);
          searchSoon(event.currentTarget.value);
        }}
      />
      <NativeSelect
        aria-label={t.kind}
        value={filters.kind ?? ''}
        data={[
          { value: '', label: `${t.kind}: ${t.all}` },
          ...auditKinds.map((kind) => ({ value: kind, label: t.kinds[kind] })),
        ]}
        onChange={(event) => change({ kind: (event.currentTarget.value || undefined) as AuditKind | undefined })}
      />
      <NativeSelect
        aria-label={t.result}
        value={filters.result ?? ''}
        data={[
          { value: '', label: `${t.result}: ${t.all}` },
          ...(['Success', 'Error'] as const).map((result) => ({ value: result, label: t.results[result] })),
        ]}
        onChange={(event) => change({ result: (event.currentTarget.value || undefined) as LogFilters['result'] })}
      />
      <Switch label={t.live} checked={live} onChange={(event) => onLive(event.currentTarget.checked)} mb={6} />
    </Group>
  );
}

function LogsTable({ logs, onShow }: { logs: Log[]; onShow: (log: Log) => void }) {
  const { auditLogs: t } = usePhrases();
  return (
    <Table verticalSpacing="xs" horizontalSpacing="md">
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t.event}</Table.Th>
          <Table.Th visibleFrom="sm">{t.result}</Table.Th>
          <Table.Th visibleFrom="md">{t.actor}</Table.Th>
          <Table.Th>{t.time}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {logs.map((log) => (
          <Table.Tr key={log.id}>
            <Table.Td>
              <EventButton log={log} onShow={onShow} />
            </Table.Td>
            <Table.Td visibleFrom="sm">
              <Badge color={log.payload.result === 'Success' ? 'door' : 'red'} variant="light">
                {t.results[log.payload.result]}
              </Badge>
            </Table.Td>
            <Table.Td visibleFrom="md">
              <Actor log={log} />
            </Table.Td>
            <Table.Td>
              <Time at={log.createdAt} precision="second" />
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
