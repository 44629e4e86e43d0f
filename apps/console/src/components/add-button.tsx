import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import type { ReactNode } from 'react';

type Props = { onClick: () => void; children: ReactNode };

/** Begins what a list has one more of. */
export function AddButton({ onClick, children }: Props) {
  return (
    <Button leftSection={<IconPlus size={18} aria-hidden />} onClick={onClick}>
      {children}
    </Button>
  );
}
