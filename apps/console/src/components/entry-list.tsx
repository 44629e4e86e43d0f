import { Box, Group, Skeleton, Stack, Text } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { FailureAlert } from './failure-alert.tsx';

type Props<Data, Item> = {
  query: UseQueryResult<Data>;
  items: (data: Data) => Item[];
  /** Said when there is none. */
  none: string;
  entry: (item: Item) => { id: string; title: ReactNode; hint?: ReactNode; action?: ReactNode };
};

/** A short list inside a section: one line an entry, with what can be done with it. */
export function EntryList<Data, Item>({ query, items, none, entry }: Props<Data, Item>) {
  const { data, error, refetch } = query;
  if (error) return <FailureAlert error={error} onRetry={() => refetch()} />;
  if (data === undefined) return <Skeleton height={40} />;
  const entries = items(data).map(entry);
  if (entries.length === 0)
    return (
      <Text size="sm" className="quiet">
        {none}
      </Text>
    );
  return (
    <Stack gap="sm">
      {entries.map(({ id, title, hint, action }) => (
        <Group key={id} justify="space-between" wrap="nowrap" gap="sm">
          <Box miw={0} style={{ overflowWrap: 'anywhere' }}>
            <Text fw={500} component="div">
              {title}
            </Text>
            {hint && (
              <Text size="sm" className="quiet" component="div">
                {hint}
              </Text>
            )}
          </Box>
          {action}
        </Group>
      ))}
    </Stack>
  );
}
