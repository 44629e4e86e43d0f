import { Box, Group, Skeleton, Table, Text } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { Page } from '../api/client.ts';
import { usePhrases } from '../i18n/language.tsx';
import { EmptyState } from './empty-state.tsx';
import { FailureAlert } from './failure-alert.tsx';
import { PageNumbers } from './page-numbers.tsx';
import { SearchField } from './search-field.tsx';

/** Rows of one page of a list. */
export const pageSize = 20;

/** Which part of a list is looked at. */
export type ListView = { page?: number | undefined; search?: string | undefined };

export type Column<Item> = {
  header: string;
  cell: (item: Item) => ReactNode;
  /** Left out on narrower screens. */
  from?: 'sm' | 'md' | 'lg';
  /** As narrow as what stands in it. */
  narrow?: boolean;
  /** Stays on one line: an id, a day. */
  whole?: boolean;
};

type Props<Item> = {
  query: UseQueryResult<Page<Item>>;
  view: ListView;
  onView: (view: ListView) => void;
  rowKey: (item: Item) => string;
  columns: Column<Item>[];
  /** Label of the search field; left out where the list cannot be searched. */
  search?: string;
  /** What can be done with the list as a whole, beside the search field. */
  tools?: ReactNode;
  empty: { icon: ReactNode; title: string; description: string; action?: ReactNode };
};

/** A list page by page with its search, and with what to show while there is nothing to list. */
export function ListPanel<Item>({ query, view, onView, search, tools, empty, ...table }: Props<Item>) {
  const { lists: t } = usePhrases();
  const { data, error, refetch, isPlaceholderData } = query;
  const nothingYet = data?.total === 0 && view.search === undefined;

  if (nothingYet)
    return (
      <Box className="surface">
        <EmptyState {...empty} />
      </Box>
    );
  return (
    <Box className="surface">
      {(search !== undefined || tools !== undefined) && (
        <Group p="md" justify="space-between">
          {search === undefined ? (
            <span />
          ) : (
            <SearchField label={search} search={view.search} onSearch={(next) => onView({ search: next })} />
          )}
          {tools}
        </Group>
      )}
      {error ? (
        <Box p="md" pt={0}>
          <FailureAlert error={error} onRetry={() => refetch()} />
        </Box>
      ) : (
        <Rows items={data?.items} stale={isPlaceholderData} {...table} />
      )}
      {data?.total === 0 && view.search !== undefined && (
        <EmptyState
          icon={<IconSearch size={28} />}
          title={t.noMatchTitle}
          description={t.noMatch({ search: view.search })}
        />
      )}
      {data && data.total > 0 && (
        <Box p="md">
          <Pages total={data.total} page={view.page ?? 1} onPage={(page) => onView({ ...view, page })} />
        </Box>
      )}
    </Box>
  );
}

type PagesProps = { total: number; page: number; onPage: (page: number | undefined) => void };

/** How many there are, and the way to the other pages; the first page is the one without a number. */
export function Pages({ total, page, onPage }: PagesProps) {
  const { table: t } = usePhrases().shell;
  const pages = Math.ceil(total / pageSize);
  return (
    <Group justify="space-between">
      <Text size="sm" className="quiet" role="status">
        {t.total({ count: total })}
      </Text>
      {pages > 1 && (
        <PageNumbers total={pages} value={page} onChange={(next) => onPage(next === 1 ? undefined : next)} />
      )}
    </Group>
  );
}

type RowsProps<Item> = Pick<Props<Item>, 'rowKey' | 'columns'> & { items: Item[] | undefined; stale: boolean };

const placeholders = ['first', 'second', 'third', 'fourth'];

function Rows<Item>({ items, stale, rowKey, columns }: RowsProps<Item>) {
  if (items?.length === 0) return null;
  return (
    <Box style={{ opacity: stale ? 0.6 : 1 }}>
      <Table verticalSpacing="sm" horizontalSpacing="md" aria-busy={items === undefined || stale}>
        <Table.Thead>
          <Table.Tr>
            {columns.map(({ header, from, narrow }) => (
              <Table.Th key={header} visibleFrom={from} w={narrow ? 1 : undefined} style={{ whiteSpace: 'nowrap' }}>
                {narrow ? <span className="visually-hidden">{header}</span> : header}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {items === undefined
            ? placeholders.map((row) => (
                <Table.Tr key={row}>
                  <Table.Td colSpan={columns.length}>
                    <Skeleton height={36} />
                  </Table.Td>
                </Table.Tr>
              ))
            : items.map((item) => (
                <Table.Tr key={rowKey(item)}>
                  {columns.map(({ header, cell, from, narrow, whole }) => (
                    <Table.Td
                      key={header}
                      visibleFrom={from}
                      style={narrow || whole ? { whiteSpace: 'nowrap' } : { overflowWrap: 'anywhere' }}
                    >
                      {cell(item)}
                    </Table.Td>
                  ))}
                </Table.Tr>
              ))}
        </Table.Tbody>
      </Table>
    </Box>
  );
}
