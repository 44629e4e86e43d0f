import { Button, NativeSelect, Textarea, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useDisclosure } from '@mantine/hooks';
import { IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Dialog, DialogForm } from '../../components/dialog.tsx';
import { EntryList } from '../../components/entry-list.tsx';
import { notifyDone } from '../../components/notify.ts';
import { RemoveButton } from '../../components/remove-button.tsx';
import { Section } from '../../components/section.tsx';
import { useConsole } from '../../console-context.tsx';
import { usePhrases } from '../../i18n/language.tsx';
import { domainFilesQuery, useSetDomainFiles, type VerificationFiles } from './domains.queries.ts';

const MAX_FILES = 10;

/** Small files that others look for at the domain. */
export function FilesSection({ domainId }: { domainId: string }) {
  const { domains: t, lists } = usePhrases();
  const { api } = useConsole();
  const query = useQuery(domainFilesQuery(api, domainId));
  const save = useSetDomainFiles(domainId);
  const [adding, { open, close }] = useDisclosure(false);
  const files = query.data ?? {};
  const without = (path: string) => Object.fromEntries(Object.entries(files).filter(([other]) => other !== path));
  const isFull = Object.keys(files).length >= MAX_FILES;
  return (
    <Section
      title={t.files}
      description={t.filesHint({ max: MAX_FILES })}
      actions={
        <Button
          variant="default"
          size="xs"
          leftSection={<IconPlus size={16} aria-hidden />}
          disabled={query.data === undefined || isFull}
          onClick={open}
        >
          {t.addFile}
        </Button>
      }
    >
      <EntryList
        query={query}
        items={(all) => Object.entries(all)}
        none={t.noFiles}
        entry={([path, file]) => ({
          id: path,
          title: <span className="mono">/.well-known/{path}</span>,
          hint: file.contentType,
          action: (
            <RemoveButton
              label={lists.removeOf({ name: path })}
              title={lists.removeTitle({ name: path })}
              done={lists.removed({ name: path })}
              onRemove={() => save.mutateAsync(without(path))}
            >
              {t.removeFileBody}
            </RemoveButton>
          ),
        })}
      />
      <Dialog opened={adding} title={t.addFile} size="lg" onClose={close}>
        <FileForm domainId={domainId} files={files} onClose={close} />
      </Dialog>
    </Section>
  );
}

type FormProps = { domainId: string; files: VerificationFiles; onClose: () => void };

function FileForm({ domainId, files, onClose }: FormProps) {
  const { domains: t, shell } = usePhrases();
  const save = useSetDomainFiles(domainId);
  const form = useForm({
    initialValues: { path: '', contentType: 'text/plain' as 'text/plain' | 'application/json', content: '' },
    validate: {
      path: (value) => (/^[\w.~-]+(\/[\w.~-]+)*$/.test(value.trim()) ? null : t.pathInvalid),
      content: (value) => (value === '' ? shell.form.required : null),
    },
  });
  const submit = form.onSubmit(({ path, ...file }) =>
    save.mutate(
      { ...files, [path.trim()]: file },
      {
        onSuccess: () => {
          notifyDone(shell.form.saved);
          onClose();
        },
      },
    ),
  );
  return (
    <DialogForm
      submitLabel={shell.actions.save}
      pending={save.isPending}
      error={save.error}
      onSubmit={submit}
      onCancel={onClose}
    >
      <TextInput
        label={t.path}
        description={t.pathHint}
        placeholder="apple-app-site-association"
        required
        maxLength={256}
        data-autofocus
        autoComplete="off"
        {...form.getInputProps('path')}
      />
      <NativeSelect
        label={t.contentType}
        data={['text/plain', 'application/json']}
        {...form.getInputProps('contentType')}
      />
      <Textarea
        label={t.content}
        required
        rows={8}
        spellCheck={false}
        classNames={{ input: 'mono' }}
        {...form.getInputProps('content')}
      />
    </DialogForm>
  );
}
