import type { TransferFormat } from '@latchkey/server/contract';
import { Code, FileInput, SegmentedControl, Stack, Switch, Text } from '@mantine/core';
import { useForm } from '@mantine/form';
import { DialogForm } from '../../components/dialog.tsx';
import { notifyDone } from '../../components/notify.ts';
import { usePhrases } from '../../i18n/language.tsx';
import { useStartImport } from './user-imports.queries.ts';

const MEBIBYTE = 1_048_576;
const limitMebibytes = 64;
const example = 'username,primaryEmail,name,passwordDigest,passwordAlgorithm';

/** The format that a file's name tells; undefined where it tells none. */
const formatOf = (file: File | null): TransferFormat | undefined => {
  if (file && /\.csv$/i.test(file.name)) return 'csv';
  return file && /\.(ndjson|jsonl)$/i.test(file.name) ? 'ndjson' : undefined;
};

/** Asks for a file; a dry run is offered first, because an import cannot be taken back. */
export function ImportForm({ onClose }: { onClose: () => void }) {
  const { userImports: t, shell } = usePhrases();
  const start = useStartImport();
  const form = useForm({
    initialValues: { file: null as File | null, format: 'csv' as TransferFormat, dryRun: true },
    validate: {
      file: (file) => {
        if (!file) return shell.form.required;
        return file.size > limitMebibytes * MEBIBYTE ? t.tooLarge({ max: limitMebibytes }) : null;
      },
    },
  });
  const submit = form.onSubmit(({ file, ...options }) => {
    if (!file) return;
    start.mutate(
      { file, ...options },
      {
        onSuccess: () => {
          notifyDone(t.startedNow);
          onClose();
        },
      },
    );
  });
  return (
    <DialogForm
      submitLabel={form.values.dryRun ? t.tryIt : t.start}
      pending={start.isPending}
      error={start.error}
      onSubmit={submit}
      onCancel={onClose}
    >
      <FileInput
        label={t.file}
        description={t.fileHint({ max: limitMebibytes })}
        placeholder={t.choose}
        accept=".csv,.ndjson,.jsonl,text/csv,application/x-ndjson"
        clearable
        clearButtonProps={{ 'aria-label': shell.actions.remove }}
        required
        {...form.getInputProps('file')}
        onChange={(file) => form.setValues({ file, format: formatOf(file) ?? form.values.format })}
      />
      <SegmentedControl
        aria-label={t.format}
        data={[
          { value: 'csv', label: 'CSV' },
          { value: 'ndjson', label: 'NDJSON' },
        ]}
        {...form.getInputProps('format')}
      />
      <Stack gap={4}>
        <Text size="sm">{t.columns}</Text>
        <Code block style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
          {example}
        </Code>
      </Stack>
      <Switch
        label={t.dryRun}
        description={form.values.dryRun ? t.dryRunHint : t.realHint}
        {...form.getInputProps('dryRun', { type: 'checkbox' })}
      />
    </DialogForm>
  );
}
