import type { UserImport } from '@latchkey/server/contract';
import { ActionIcon, Group, Tooltip } from '@mantine/core';
import { IconDownload, IconPlayerStop } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { ConfirmButton } from '../../components/confirm-button.tsx';
import { errorMessage } from '../../components/error-message.ts';
import { notifyFailed } from '../../components/notify.ts';
import { saveFile } from '../../components/save-file.ts';
import { useConsole } from '../../console-context.tsx';
import { usePhrases } from '../../i18n/language.tsx';
import { isOpen, loadReport, useCancelImport } from './user-imports.queries.ts';

/** The report of the rows that were refused, and the way to stop what goes on. */
export function ImportActions({ job }: { job: UserImport }) {
  const { userImports: t, shell } = usePhrases();
  const { api } = useConsole();
  const cancel = useCancelImport();
  const report = useMutation({
    mutationFn: async () => saveFile(await loadReport(api, job.id), `user-import-${job.id}.csv`),
    onError: (error) => notifyFailed(errorMessage(error, shell)),
  });
  return (
    <Group gap={4} wrap="nowrap" justify="flex-end">
      {job.refused > 0 && (
        <Tooltip label={t.report} withArrow>
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={t.report}
            loading={report.isPending}
            onClick={() => report.mutate()}
          >
            <IconDownload size={18} aria-hidden />
          </ActionIcon>
        </Tooltip>
      )}
      {isOpen(job) && (
        <ConfirmButton
          icon={<IconPlayerStop size={18} aria-hidden />}
          color="red"
          label={t.cancel}
          title={t.cancelTitle}
          confirmLabel={t.cancel}
          done={t.cancelled}
          onConfirm={() => cancel.mutateAsync(job.id)}
        >
          {t.cancelBody}
        </ConfirmButton>
      )}
    </Group>
  );
}
