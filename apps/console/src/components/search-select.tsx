import { Select, Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { usePhrases } from '../i18n/language.tsx';
import { FailureAlert } from './failure-alert.tsx';
import { pageSize } from './list-panel.tsx';
import type { Choice, Choices } from './pick-dialog.tsx';

type Props = {
  label: string;
  description?: string;
  choices: Choices;
  chosen: Choice | null;
  onChoose: (choice: Choice | null) => void;
};

const TYPING_PAUSE_MS = 250;

/** Chooses one entry out of a list of any length: the server looks through it while one types. */
export function SearchSelect({ label, description, choices, chosen, onChoose }: Props) {
  const { lists: t, shell } = usePhrases();
  const [typed, setTyped] = useState('');
  const [settled] = useDebouncedValue(typed, TYPING_PAUSE_MS);
  // The field holds the chosen entry's name, which is nothing to look for.
  const search = settled.trim() === chosen?.label ? undefined : settled.trim() || undefined;
  const { data, error, refetch } = useQuery({
    queryKey: [...choices.key, 1, search],
    queryFn: ({ signal }) => choices.load({ page: 1, page_size: pageSize, search, signal }),
    placeholderData: keepPreviousData,
  });
  const found = data?.items ?? [];
  const known = chosen && !found.some(({ id }) => id === chosen.id) ? [chosen, ...found] : found;
  const hints = new Map(known.map(({ id, hint }) => [id, hint]));
  return (
    <>
      <Select
        label={label}
        description={description}
        placeholder={shell.table.search}
        searchable
        clearable
        clearButtonProps={{ 'aria-label': shell.table.clearSearch }}
        data={known.map(({ id, label: name }) => ({ value: id, label: name }))}
        // What the server found is shown as it is.
        filter={({ options }) => options}
        renderOption={({ option }) => (
          <div>
            <Text size="sm">{option.label}</Text>
            {hints.get(option.value) && (
              <Text size="xs" className="quiet">
                {hints.get(option.value)}
              </Text>
            )}
          </div>
        )}
        nothingFoundMessage={t.noMatchTitle}
        value={chosen?.id ?? null}
        onSearchChange={setTyped}
        onChange={(id) => onChoose(known.find((choice) => choice.id === id) ?? null)}
      />
      {error && <FailureAlert error={error} onRetry={() => refetch()} />}
    </>
  );
}
