import { Badge, Button, Grid, Group, Skeleton, Stack, Text, UnstyledButton } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconInbox, IconTrash } from '@tabler/icons-react';
import type { UseQueryResult } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import type { Page } from '../../api/client.ts';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { FailureAlert } from '../../components/failure-alert.tsx';
import { PageNumbers } from '../../components/page-numbers.tsx';
import { useTimeFormat } from '../../i18n/time-format.ts';
import classes from './messages.module.css';
import { pageSize, useClearInbox, useInboxStatus } from './messages.queries.ts';

type Item = { id: string; createdAt: number };

type Props<Kept extends Item> = {
  query: UseQueryResult<Page<Kept>>;
  page: number;
  onPage: (page: number) => void;
  /** What lands here, and what does not. */
  note: ReactNode;
  part: 'messages' | 'webhooks';
  texts: Record<'emptyTitle' | 'emptyBody' | 'list' | 'clear' | 'clearTitle' | 'clearBody', string>;
  entry: (item: Kept) => { title: string; badge: string; line: string; hint?: string };
  /** The one that is looked at. */
  children: (item: Kept) => ReactNode;
};

/** A list of what was kept, the newest first, beside the one that is looked at. */
export function InboxPanes<Kept extends Item>(props: Props<Kept>) {
  const { query, page, onPage, note, part, texts } = props;
  const [chosen, setChosen] = useState<string>();
  const status = useInboxStatus();
  // The note above the list depends on it.
  if (query.isPending || status.isPending) return <Skeleton height={240} />;
  if (query.isError) return <FailureAlert error={query.error} onRetry={() => query.refetch()} />;
  const { items, total } = query.data;
  const shown = items.find(({ id }) => id === chosen) ?? items[0];
  return (
    <Stack>
      <Group justify="space-between">
        {note}
        {total > 0 && <ClearInbox part={part} texts={texts} />}
      </Group>
      {shown ? (
        <Grid gap="lg">
          <Grid.Col span={{ base: 12, md: 5 }}>
            <Stack>
              <List items={items} chosen={shown.id} onChoose={setChosen} label={texts.list} entry={props.entry} />
              {total > pageSize && <PageNumbers total={Math.ceil(total / pageSize)} value={page} onChange={onPage} />}
            </Stack>
          </Grid.Col>
          <Grid.Col span={{ base: 12, md: 7 }}>{props.children(shown)}</Grid.Col>
        </Grid>
      ) : (
        <div className="surface">
          <EmptyState
            icon={<IconInbox size={28} stroke={1.6} />}
            title={texts.emptyTitle}
            description={texts.emptyBody}
          />
        </div>
      )}
    </Stack>
  );
}

type ListProps<Kept extends Item> = Pick<Props<Kept>, 'entry'> & {
  items: Kept[];
  chosen: string;
  onChoose: (id: string) => void;
  label: string;
};

function List<Kept extends Item>({ items, chosen, onChoose, label, entry }: ListProps<Kept>) {
  const time = useTimeFormat('second');
  return (
    <nav className="surface" aria-label={label}>
      {items.map((item) => {
        const { title, badge, line, hint } = entry(item);
        return (
          <UnstyledButton
            key={item.id}
            className={classes.message}
            aria-current={item.id === chosen}
            onClick={() => onChoose(item.id)}
          >
            <Group justify="space-between" gap="xs" wrap="nowrap">
              <Text fw={600} truncate>
                {title}
              </Text>
              <Badge size="sm" variant="light" color="gray" tt="none" flex="none">
                {badge}
              </Badge>
            </Group>
            <Text size="sm" truncate>
              {line}
            </Text>
            <Text size="xs" className="quiet">
              {hint && `${hint} · `}
              {time.format(item.createdAt)}
            </Text>
          </UnstyledButton>
        );
      })}
    </nav>
  );
}

function ClearInbox({ part, texts: t }: Pick<Props<Item>, 'part' | 'texts'>) {
  const [asking, { open, close }] = useDisclosure();
  const clear = useClearInbox(part, close);
  return (
    <>
      <Button variant="default" leftSection={<IconTrash size={16} aria-hidden />} onClick={open}>
        {t.clear}
      </Button>
      <ConfirmDialog
        opened={asking}
        title={t.clearTitle}
        confirmLabel={t.clear}
        pending={clear.isPending}
        error={clear.error}
        onConfirm={() => clear.mutate()}
        onClose={close}
      >
        {t.clearBody}
      </ConfirmDialog>
    </>
  );
}
