import type { Log } from '@latchkey/server/contract';
import { Badge } from '@mantine/core';
import { IconListSearch } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ListPanel, type ListView } from '../../components/list-panel.tsx';
import { Time } from '../../components/time.tsx';
import { useConsole } from '../../console-context.tsx';
import { usePhrases } from '../../i18n/language.tsx';
import { type LogSubject, logsOfQuery } from './audit-logs.queries.ts';
import { EventButton } from './event-button.tsx';
import { LogDialog } from './log-dialog.tsx';

const kindOf = (of: LogSubject) => ('userId' in of ? 'user' : 'applicationId' in of ? 'application' : 'object');

/** The part of the trail that concerns one user or application, or the changes of one object. */
export function LogsTab({ of }: { of: LogSubject }) {
  const { auditLogs } = usePhrases();
  const { api } = useConsole();
  const [view, setView] = useState<ListView>({});
  const [shown, setShown] = useState<Log | null>(null);
  const query = useQuery(logsOfQuery(api, of, view));
  return (
    <>
      <ListPanel
        query={query}
        view={view}
        onView={setView}
        rowKey={({ id }) => id}
        empty={{
          icon: <IconListSearch size={28} />,
          title: auditLogs.of.emptyTitle,
          description: auditLogs.of[kindOf(of)],
        }}
        columns={[
          {
            header: auditLogs.event,
            cell: (log) => <EventButton log={log} onShow={setShown} />,
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
          { header: auditLogs.time, cell: ({ createdAt }) => <Time at={createdAt} precision="second" /> },
        ]}
      />
      <LogDialog log={shown} onClose={() => setShown(null)} />
    </>
  );
}
