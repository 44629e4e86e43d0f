import { ActionIcon, Tooltip } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconTrash } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { usePhrases } from '../i18n/language.tsx';
import { ConfirmDialog } from './confirm-dialog.tsx';
import { notifyDone } from './notify.ts';

type Props = {
  /** What goes, as in “Remove Hana from this role”. */
  label: string;
  title: string;
  /** What it means for those concerned. */
  children: ReactNode;
  /** Said when it is done. */
  done: string;
  /** The word on the confirming button: “Remove” unless something is deleted for good. */
  confirmLabel?: string;
  onRemove: () => Promise<unknown>;
};

/** Takes one row out of a list, after a question. */
export function RemoveButton({ label, title, children, done, confirmLabel, onRemove }: Props) {
  const { actions } = usePhrases().shell;
  const [asking, { open, close }] = useDisclosure(false);
  // Told here and not at the call: by then the row may be gone from the page.
  const remove = useMutation({ mutationFn: onRemove, onSuccess: () => notifyDone(done) });
  return (
    <>
      <Tooltip label={label} withArrow>
        <ActionIcon variant="subtle" color="red" onClick={open} aria-label={label}>
          <IconTrash size={18} aria-hidden />
        </ActionIcon>
      </Tooltip>
      <ConfirmDialog
        opened={asking}
        title={title}
        confirmLabel={confirmLabel ?? actions.remove}
        pending={remove.isPending}
        error={remove.error}
        onConfirm={() => remove.mutate(undefined, { onSuccess: close })}
        onClose={() => {
          close();
          remove.reset();
        }}
      >
        {children}
      </ConfirmDialog>
    </>
  );
}
