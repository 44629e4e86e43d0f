import { Accordion, Button, Stack, Text } from '@mantine/core';
import '@mantine/core/styles/Accordion.layer.css';
import { useDisclosure } from '@mantine/hooks';
import { IconHistory } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { AnswerOf } from '../../api/operations.ts';
import { Dialog } from '../../components/dialog.tsx';
import { Pages } from '../../components/list-panel.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { useConsole } from '../../console-context.tsx';
import { usePhrases } from '../../i18n/language.tsx';
import { useTimeFormat } from '../../i18n/time-format.ts';
import { Actor } from './actor.tsx';
import { type AuditedObject, historyQuery } from './audit-logs.queries.ts';
import { shownChange } from './changes.ts';
import { ChangesTable } from './changes-table.tsx';
import { CompareMoments } from './compare-moments.tsx';

type Props = { of: AuditedObject; name: string };

/** Opens the past of an object: each change of it, and what differs between two moments. */
export function HistoryButton({ of, name }: Props) {
  const { auditLogs: t } = usePhrases();
  const [opened, { open, close }] = useDisclosure(false);
  return (
    <>
      <Button variant="default" leftSection={<IconHistory size={16} aria-hidden />} onClick={open}>
        {t.history.title}
      </Button>
      <Dialog opened={opened} onClose={close} title={t.history.of({ name })} size="xl">
        <Stack gap="lg">
          <CompareMoments of={of} />
          <Changes of={of} />
        </Stack>
      </Dialog>
    </>
  );
}

function Changes({ of }: Pick<Props, 'of'>) {
  const { auditLogs: t } = usePhrases();
  const { api } = useConsole();
  const [page, setPage] = useState(1);
  const query = useQuery(historyQuery(api, of, page));
  return (
    <Loaded query={query}>
      {({ items, total }) =>
        items.length === 0 ? (
          <Text className="quiet">{t.history.none}</Text>
        ) : (
          <>
            <Accordion variant="separated" order={3}>
              {items.map((entry) => (
                <Entry key={entry.id} entry={entry} />
              ))}
            </Accordion>
            <Pages total={total} page={page} onPage={(next) => setPage(next ?? 1)} />
          </>
        )
      }
    </Loaded>
  );
}

function Entry({ entry }: { entry: AnswerOf<'GET /api/logs/history'>[number] }) {
  const { auditLogs: t } = usePhrases();
  const time = useTimeFormat('second');
  return (
    <Accordion.Item value={entry.id}>
      <Accordion.Control>
        <Text fw={500} style={{ overflowWrap: 'anywhere' }}>
          {entry.key}
        </Text>
        <Text size="sm" className="quiet" style={{ overflowWrap: 'anywhere' }}>
          {time.format(entry.createdAt)} · <Actor log={entry} />
        </Text>
      </Accordion.Control>
      <Accordion.Panel>
        {entry.changes.length > 0 ? (
          <ChangesTable changes={entry.changes.map(shownChange)} />
        ) : (
          <Text className="quiet">{t.history.noFields}</Text>
        )}
      </Accordion.Panel>
    </Accordion.Item>
  );
}
