import { Box, Checkbox, Group, ScrollArea, Skeleton, Stack, Text } from '@mantine/core';
import { keepPreviousData, type QueryKey, useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Page } from '../api/client.ts';
import { usePhrases } from '../i18n/language.tsx';
import { Dialog, DialogForm } from './dialog.tsx';
import { FailureAlert } from './failure-alert.tsx';
import { type ListView, Pages, pageSize } from './list-panel.tsx';
import { notifyDone } from './notify.ts';
import { SearchField } from './search-field.tsx';

export type Choice = { id: string; label: string; hint?: string | undefined };

export type PageRequest = { page: number; page_size: number; search: string | undefined; signal: AbortSignal };

/** Where a dialog's choices come from. */
export type Choices = { key: QueryKey; load: (request: PageRequest) => Promise<Page<Choice>> };

type BodyProps = {
  choices: Choices;
  /** Said when there is nothing that could be chosen. */
  none: string;
  /** Said when it is done; null while the choice is part of what is still being edited. */
  done?: string | null;
  onPick: (ids: string[]) => Promise<unknown>;
  onClose: () => void;
};

/** Chooses any number of entries out of a long list, across its pages. */
export function PickDialog({ opened, title, ...body }: BodyProps & { opened: boolean; title: string }) {
  return (
    <Dialog opened={opened} title={title} size="lg" grows onClose={body.onClose}>
      <PickBody {...body} />
    </Dialog>
  );
}

/** Apart from the dialog so that what was ticked is forgotten when it closes. */
function PickBody({ choices, none, done, onPick, onClose }: BodyProps) {
  const { lists: t, shell } = usePhrases();
  const [view, setView] = useState<ListView>({});
  const [picked, setPicked] = useState<string[]>([]);
  const { page = 1, search } = view;
  const { data, error, refetch } = useQuery({
    queryKey: [...choices.key, page, search],
    queryFn: ({ signal }) => choices.load({ page, page_size: pageSize, search, signal }),
    placeholderData: keepPreviousData,
  });
  const add = useMutation({
    mutationFn: () => onPick(picked),
    onSuccess: () => done !== null && notifyDone(done ?? shell.form.saved),
  });

  return (
    <DialogForm
      submitLabel={picked.length > 0 ? t.addCount({ count: picked.length }) : shell.actions.add}
      pending={add.isPending}
      error={add.error}
      disabled={picked.length === 0}
      onSubmit={(event) => {
        event?.preventDefault();
        add.mutate(undefined, { onSuccess: onClose });
      }}
      onCancel={onClose}
    >
      <Group>
        <SearchField first label={shell.table.search} search={search} onSearch={(next) => setView({ search: next })} />
      </Group>
      {error && <FailureAlert error={error} onRetry={() => refetch()} />}
      {!data && !error && <Skeleton height={160} />}
      {data?.total === 0 && <Text className="quiet">{search === undefined ? none : t.noMatch({ search })}</Text>}
      {data && data.total > 0 && (
        <Box>
          {data.items.length === 0 && <Text className="quiet">{t.searchFurther}</Text>}
          <ScrollArea.Autosize mah={320} type="auto" offsetScrollbars>
            <Checkbox.Group value={picked} onChange={setPicked} aria-label={t.choices}>
              <Stack gap="xs" py={4}>
                {data.items.map(({ id, label, hint }) => (
                  <Checkbox key={id} value={id} label={label} description={hint} />
                ))}
              </Stack>
            </Checkbox.Group>
          </ScrollArea.Autosize>
          <Box mt="sm">
            <Pages total={data.total} page={page} onPage={(next) => setView({ ...view, page: next })} />
          </Box>
        </Box>
      )}
    </DialogForm>
  );
}
