import type { Log } from '@latchkey/server/contract';
import { Badge, Group } from '@mantine/core';
import { IconListSearch } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ListPanel, type ListView } from '../../components/list-panel.tsx';
import { Time } from '../../components/time.tsx';
import { useConsole } from '../../console-context.tsx';
import { usePhrases } from '../../i18n/language.tsx';
import { type AuditedObject, type LogSubject, logsOfQuery } from './audit-logs.queries.ts';
import { EventButton } from './event-button.tsx';
import { HistoryButton } from './history-button.tsx';
import { LogDialog } from './log-dialog.tsx';

const kindOf = (of: LogSubject) => ('userId' in of ? 'user' : 'applicationId' in of ? 'application' : 'object');

const objectOf = (of: LogSubject): AuditedObject => {
  if ('userId' in of) return { targetType: 'User', targetId: of.userId };
  return 'applicationId' in of ? { targetType: 'Application', targetId: of.applicationId } : of;
};

/** The part of the trail that concerns one user or application, or the changes of one object, and the way to what it was. */
export function LogsTab({ of, name }: { of: LogSubject; name: string }) {
  const { auditLogs } = usePhrases();
  const { api } = useConsole();
  const [view, setView] = useState<ListView>({});
  const [shown, setShown] = useState<Log | null>(null);
  const query = useQuery(logsOfQuery(api, of, view));
  return (
    <>
      <Group justify="flex-end" mb="md">
        <HistoryButton of={objectOf(of)} name={name} />
      </Group>
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
