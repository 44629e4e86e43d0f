import { ActionIcon, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconSearch, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { usePhrases } from '../i18n/language.tsx';

type Props = {
  label: string;
  search: string | undefined;
  /** The dialog that it stands in begins with it. */
  first?: boolean;
  onSearch: (search: string | undefined) => void;
};

const TYPING_PAUSE_MS = 250;

/** Searches while one types; an empty field searches for nothing. */
export function SearchField({ label, search, first = false, onSearch }: Props) {
  const { shell } = usePhrases();
  const [text, setText] = useState(search ?? '');
  const searchSoon = useDebouncedCallback((next: string) => onSearch(next.trim() || undefined), TYPING_PAUSE_MS);
  const change = (next: string) => {
    setText(next);
    searchSoon(next);
  };
  return (
    <TextInput
      type="search"
      maw={420}
      flex="1 1 14rem"
      placeholder={label}
      aria-label={label}
      data-autofocus={first || undefined}
      leftSection={<IconSearch size={16} aria-hidden />}
      rightSection={
        text === '' ? null : (
          <ActionIcon variant="subtle" color="gray" onClick={() => change('')} aria-label={shell.table.clearSearch}>
            <IconX size={16} aria-hidden />
          </ActionIcon>
        )
      }
      value={text}
      onChange={(event) => change(event.currentTarget.value)}
    />
  );
}
