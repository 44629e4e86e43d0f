import { ActionIcon, Tooltip } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { usePhrases } from '../../i18n/language.tsx';

/** Takes an entry out of what is being edited; nothing is lost before it is saved, so nothing is asked. */
export function DropButton({ name, onDrop }: { name: string; onDrop: () => void }) {
  const { lists } = usePhrases();
  const label = lists.removeOf({ name });
  return (
    <Tooltip label={label} withArrow>
      <ActionIcon variant="subtle" color="gray" aria-label={label} onClick={onDrop}>
        <IconX size={18} aria-hidden />
      </ActionIcon>
    </Tooltip>
  );
}
