import type { Application } from '@latchkey/server/contract';
import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useNavigate } from '@tanstack/react-router';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { notifyDone } from '../../components/notify.ts';
import { Section } from '../../components/section.tsx';
import { usePhrases } from '../../i18n/language.tsx';
import { useDeleteApplication } from './applications.queries.ts';

/** Deletes the application, after its name was typed. */
export function DangerSection({ application }: { application: Application }) {
  const { danger: t } = usePhrases().applications.details;
  const navigate = useNavigate();
  const [asking, { open, close }] = useDisclosure(false);
  const remove = useDeleteApplication(application);
  const confirm = () =>
    remove.mutate(undefined, {
      onSuccess: () => {
        notifyDone(t.deleted({ name: application.name }));
        // What was being edited is gone with the application, so there is nothing to ask about.
        void navigate({ to: '/applications', ignoreBlocker: true });
      },
    });

  return (
    <>
      <Section
        title={t.title}
        description={t.hint}
        actions={
          <Button color="red" variant="outline" onClick={open}>
            {t.action}
          </Button>
        }
      />
      <ConfirmDialog
        opened={asking}
        title={t.confirmTitle}
        confirmLabel={t.action}
        typedName={application.name}
        pending={remove.isPending}
        error={remove.error}
        onConfirm={confirm}
        onClose={close}
      >
        {t.confirmBody}
      </ConfirmDialog>
    </>
  );
}
