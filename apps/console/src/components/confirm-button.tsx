import { ActionIcon, Tooltip } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useMutation } from '@tanstack/react-query';
import { type ReactNode, useEffect } from 'react';
import { ConfirmDialog } from './confirm-dialog.tsx';
import { keepFocus } from './keep-focus.ts';
import { notifyDone } from './notify.ts';

type Props = {
  icon: ReactNode;
  color?: string;
  /** What it does and to whom, as in “Send the invitation of Hana again”. */
  label: string;
  title: string;
  /** What it means for those concerned. */
  children: ReactNode;
  /** Said when it is done. */
  done: string;
  confirmLabel: string;
  onConfirm: () => Promise<unknown>;
};

/** Does something with one row of a list, after a question. */
export function ConfirmButton({ icon, color = 'gray', label, title, children, done, confirmLabel, onConfirm }: Props) {
  const [asking, { open, close }] = useDisclosure(false);
  // The row goes, and the button with it.
  useEffect(() => keepFocus, []);
  // Told here and not at the call: by then the row may be gone from the page.
  const change = useMutation({ mutationFn: onConfirm, onSuccess: () => notifyDone(done) });
  return (
    <>
      <Tooltip label={label} withArrow>
        <ActionIcon variant="subtle" color={color} onClick={open} aria-label={label}>
          {icon}
        </ActionIcon>
      </Tooltip>
      <ConfirmDialog
        opened={asking}
        title={title}
        confirmLabel={confirmLabel}
        pending={change.isPending}
        error={change.error}
        onConfirm={() => change.mutate(undefined, { onSuccess: close })}
        onClose={() => {
          close();
          change.reset();
        }}
      >
        {children}
      </ConfirmDialog>
    </>
  );
}
