import { ActionIcon, Tooltip } from '@mantine/core';
import { IconPencil } from '@tabler/icons-react';
import { usePhrases } from '../i18n/language.tsx';

/** Opens one row of a list for changes. */
export function EditButton({ name, onClick }: { name: string; onClick: () => void }) {
  const { lists: t } = usePhrases();
  const label = t.editOf({ name });
  return (
    <Tooltip label={label} withArrow>
      <ActionIcon variant="subtle" color="gray" aria-label={label} onClick={onClick}>
        <IconPencil size={18} aria-hidden />
      </ActionIcon>
    </Tooltip>
  );
}
