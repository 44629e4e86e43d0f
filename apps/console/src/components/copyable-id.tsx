import { Group } from '@mantine/core';
import { CopyButton } from './copy-button.tsx';

/** An id in a list or beneath a title; `of` names what it is the id of. */
export function CopyableId({ id, of }: { id: string; of: string }) {
  return (
    <Group gap={2} wrap="nowrap">
      <span className="mono">{id}</span>
      <CopyButton value={id} label={`ID, ${of}`} />
    </Group>
  );
}
