import { IconTrash } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { usePhrases } from '../i18n/language.tsx';
import { ConfirmButton } from './confirm-button.tsx';

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
export function RemoveButton({ confirmLabel, onRemove, ...props }: Props) {
  const { actions } = usePhrases().shell;
  return (
    <ConfirmButton
      icon={<IconTrash size={18} aria-hidden />}
      color="red"
      confirmLabel={confirmLabel ?? actions.remove}
      onConfirm={onRemove}
      {...props}
    />
  );
}
