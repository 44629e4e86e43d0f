import type { Log } from '@latchkey/server/contract';
import { Badge, Button } from '@mantine/core';
import { IconListSearch } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ListPanel, type ListView } from '../../components/list-panel.tsx';
import { useConsole } from '../../console-context.tsx';
import { useLanguage, usePhrases } from '../../i18n/language.tsx';
import { LogDialog } from '../audit-logs/log-dialog.tsx';
import { userLogsQuery } from './users.queries.ts';

/** The part of the trail that concerns the user. */
export function LogsTab({ userId }: { userId: string }) {
  const { users, auditLogs } = usePhrases();
  const { api } = useConsole();
  const { language } = useLanguage();
  const time = new Intl.DateTimeFormat(language, { dateStyle: 'short', timeStyle: 'medium' });
  const [view, setView] = useState<ListView>({});
  const [shown, setShown] = useState<Log | null>(null);
  const query = useQuery(userLogsQuery(api, userId, view));
  return (
    <>
      <ListPanel
        query={query}
        view={view}
        onView={setView}
        rowKey={({ id }) => id}
        empty={{
          icon: <IconListSearch size={28} />,
          title: users.logs.emptyTitle,
          description: users.logs.empty,
        }}
        columns={[
          {
            header: auditLogs.event,
            cell: (log) => (
              <Button variant="transparent" size="compact-sm" px={0} onClick={() => setShown(log)}>
                {log.key}
              </Button>
            ),
          },
          {
            header: auditLogs.result,
            from: 'sm',
            cell: ({ payload }) => (
              <Badge color={payload.result === 'Success' ? 'door' : 'red'} variant="light">
                {auditLogs.results[payload.result]}
              </Badge>
            ),
          },
          { header: auditLogs.time, cell: ({ createdAt }) => time.format(createdAt) },
        ]}
      />
      <LogDialog log={shown} onClose={() => setShown(null)} />
    </>
  );
}
