import { Button, Group, Modal, Paper, Stack, Text } from '@mantine/core';
import { useBlocker } from '@tanstack/react-router';
import { useEffect } from 'react';
import { usePhrases } from '../i18n/language.tsx';
import { keepFocus } from './keep-focus.ts';
import classes from './save-bar.module.css';

type Props = {
  dirty: boolean;
  pending: boolean;
  onDiscard: () => void;
  /** Leave out when the bar stands inside a form: the button then submits it. */
  onSave?: () => void;
  /** Paths that show parts of the same form start with this; moving among them loses nothing. */
  within?: string;
};

/** Appears while a form has unsaved changes, and asks before they are lost by leaving the page. */
export function SaveBar({ dirty, pending, onDiscard, onSave, within }: Props) {
  const { shell: t } = usePhrases();
  const blocker = useBlocker({
    shouldBlockFn: ({ current, next }) =>
      dirty && current.pathname !== next.pathname && !(within && next.pathname.startsWith(within)),
    enableBeforeUnload: dirty,
    withResolver: true,
  });

  // Its buttons go with it.
  useEffect(() => {
    if (!dirty) keepFocus();
  }, [dirty]);

  return (
    <>
      {dirty && (
        <Paper className={classes.bar} shadow="md" role="region" aria-label={t.form.unsavedBar}>
          <Text size="sm">{t.form.unsavedBar}</Text>
          <Group gap="sm" wrap="nowrap">
            <Button variant="default" onClick={onDiscard} disabled={pending}>
              {t.actions.discard}
            </Button>
            <Button type={onSave ? 'button' : 'submit'} onClick={onSave} loading={pending}>
              {t.actions.save}
            </Button>
          </Group>
        </Paper>
      )}
      <Modal
        opened={blocker.status === 'blocked'}
        onClose={() => blocker.reset?.()}
        title={t.form.leaveTitle}
        closeButtonProps={{ 'aria-label': t.actions.close }}
        centered
      >
        <Stack>
          <Text size="sm">{t.form.leaveBody}</Text>
          <Group justify="flex-end">
            <Button variant="default" onClick={() => blocker.reset?.()} data-autofocus>
              {t.form.stay}
            </Button>
            <Button color="red" onClick={() => blocker.proceed?.()}>
              {t.form.leave}
            </Button>
          </Group>
        </Stack>
      </Modal>
    </>
  );
}
