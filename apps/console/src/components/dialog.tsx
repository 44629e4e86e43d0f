import { Button, Group, Modal, type ModalProps, Stack } from '@mantine/core';
import type { FormEvent, ReactNode } from 'react';
import { usePhrases } from '../i18n/language.tsx';
import { FailureAlert } from './failure-alert.tsx';

type Props = {
  opened: boolean;
  title: string;
  size?: ModalProps['size'];
  /** Grows when its content comes: it hangs from the top, so that nothing that is read moves. */
  grows?: boolean;
  onClose: () => void;
  children: ReactNode;
};

/** A dialog; what is in it is made anew each time it opens. */
export function Dialog({ grows = false, children, ...props }: Props) {
  const { actions } = usePhrases().shell;
  return (
    <Modal centered={!grows} closeButtonProps={{ 'aria-label': actions.close }} {...props}>
      {children}
    </Modal>
  );
}

type FormProps = {
  submitLabel: string;
  /** Of the way out without sending, where it leads somewhere else than out of the dialog. */
  cancelLabel?: string;
  pending: boolean;
  error?: unknown;
  disabled?: boolean;
  onSubmit: (event?: FormEvent<HTMLFormElement>) => void;
  onCancel: () => void;
  children: ReactNode;
};

/** The form of a dialog: its fields, what the server refused, and the two ways out. */
export function DialogForm({ submitLabel, cancelLabel, pending, error, ...form }: FormProps) {
  const { disabled, onSubmit, onCancel, children } = form;
  const { actions } = usePhrases().shell;
  return (
    <form
      noValidate
      onSubmit={(event) => {
        // React takes the event on to the form of the page that the dialog was opened from, which is not sent by it.
        event.stopPropagation();
        onSubmit(event);
      }}
    >
      <Stack>
        {children}
        {error !== undefined && error !== null && <FailureAlert error={error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onCancel}>
            {cancelLabel ?? actions.cancel}
          </Button>
          <Button type="submit" loading={pending} disabled={disabled}>
            {submitLabel}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
