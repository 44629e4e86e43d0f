import type { TransferFormat } from '@latchkey/server/contract';
import { Alert, SegmentedControl, Switch, Text } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation } from '@tanstack/react-query';
import { DialogForm } from '../../components/dialog.tsx';
import { saveFile } from '../../components/save-file.ts';
import { useConsole } from '../../console-context.tsx';
import { usePhrases } from '../../i18n/language.tsx';
import { loadExport } from './user-imports.queries.ts';

type Options = { format: TransferFormat; includePasswordHash: boolean };

/** Takes all users, or those that a search has found, out as a file that an import takes in. */
export function ExportForm({ search, onClose }: { search: string | undefined; onClose: () => void }) {
  const { userImports: t } = usePhrases();
  const { api } = useConsole();
  const form = useForm<Options>({ initialValues: { format: 'csv', includePasswordHash: false } });
  const save = useMutation({
    mutationFn: async ({ format, includePasswordHash }: Options) =>
      saveFile(await loadExport(api, { format, includePasswordHash, search }), `users.${format}`),
    onSuccess: onClose,
  });
  return (
    <DialogForm
      submitLabel={t.export}
      pending={save.isPending}
      error={save.error}
      onSubmit={form.onSubmit((values) => save.mutate(values))}
      onCancel={onClose}
    >
      <Text size="sm">{search === undefined ? t.exportHint : t.exportFound({ search })}</Text>
      <SegmentedControl
        aria-label={t.format}
        data={[
          { value: 'csv', label: 'CSV' },
          { value: 'ndjson', label: 'NDJSON' },
        ]}
        {...form.getInputProps('format')}
      />
      <Switch label={t.withDigests} {...form.getInputProps('includePasswordHash', { type: 'checkbox' })} />
      {form.values.includePasswordHash && <Alert color="orange">{t.digestsHint}</Alert>}
    </DialogForm>
  );
}
