import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useMutation } from '@tanstack/react-query';
import { usePhrases } from '../i18n/language.tsx';
import { ConfirmDialog } from './confirm-dialog.tsx';
import { notifyDone } from './notify.ts';
import { Section } from './section.tsx';

type Props = {
  title: string;
  /** What is lost. */
  hint: string;
  /** Name of what is deleted, typed to confirm. */
  name: string;
  onDelete: () => Promise<unknown>;
  onDeleted: () => void;
};

/** Deletes what the page is about, after its name was typed. */
export function DeleteSection({ title, hint, name, onDelete, onDeleted }: Props) {
  const { shell, lists: t } = usePhrases();
  const [asking, { open, close }] = useDisclosure(false);
  const remove = useMutation({
    mutationFn: onDelete,
    onSuccess: () => {
      notifyDone(t.deleted({ name }));
      onDeleted();
    },
  });
  return (
    <Section
      title={title}
      description={hint}
      actions={
        <Button color="red" variant="outline" onClick={open}>
          {shell.actions.delete}
        </Button>
      }
    >
      <ConfirmDialog
        opened={asking}
        title={t.deleteTitle({ name })}
        confirmLabel={shell.actions.delete}
        typedName={name}
        pending={remove.isPending}
        error={remove.error}
        onConfirm={() => remove.mutate()}
        onClose={close}
      >
        {hint} {t.noUndo}
      </ConfirmDialog>
    </Section>
  );
}
