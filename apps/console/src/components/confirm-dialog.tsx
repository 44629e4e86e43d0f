import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { usePhrases } from '../i18n/language.tsx';
import { FailureAlert } from './failure-alert.tsx';

type Props = {
  opened: boolean;
  title: string;
  children: ReactNode;
  confirmLabel: string;
  /** The reader types this word before the button works, for losses that cannot be undone. */
  typedName?: string;
  pending?: boolean;
  error?: unknown;
  onConfirm: () => void;
  onClose: () => void;
};

/** Asks before something is lost. */
export function ConfirmDialog({ opened, title, onClose, ...body }: Props) {
  const { shell: t } = usePhrases();
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={title}
      closeButtonProps={{ 'aria-label': t.actions.close }}
      centered
    >
      <ConfirmBody onClose={onClose} {...body} />
    </Modal>
  );
}

/** Apart from the dialog so that what was typed is forgotten when it closes. */
function ConfirmBody({
  children,
  confirmLabel,
  typedName,
  pending,
  error,
  onConfirm,
  onClose,
}: Omit<Props, 'opened' | 'title'>) {
  const { shell: t } = usePhrases();
  const [typed, setTyped] = useState('');
  const ready = typedName === undefined || typed.trim() === typedName.trim();
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        // React takes the event on to the form of the page that the dialog was opened from, which is not sent by it.
        event.stopPropagation();
        if (ready) onConfirm();
      }}
    >
      <Stack>
        <Text size="sm" component="div">
          {children}
        </Text>
        {typedName !== undefined && (
          <TextInput
            label={t.form.typeToConfirm({ name: typedName })}
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
            autoComplete="off"
            data-autofocus
          />
        )}
        {error !== undefined && error !== null && <FailureAlert error={error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose} data-autofocus={typedName === undefined || undefined}>
            {t.actions.cancel}
          </Button>
          <Button type="submit" color="red" disabled={!ready} loading={pending}>
            {confirmLabel}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
