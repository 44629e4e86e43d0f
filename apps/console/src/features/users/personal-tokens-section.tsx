import { Badge, Button, Group, NativeSelect, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useDisclosure } from '@mantine/hooks';
import { IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { CopyableValue } from '../../components/copyable-value.tsx';
import { Dialog, DialogForm } from '../../components/dialog.tsx';
import { EntryList } from '../../components/entry-list.tsx';
import { RemoveButton } from '../../components/remove-button.tsx';
import { Section } from '../../components/section.tsx';
import { useConsole } from '../../console-context.tsx';
import { usePhrases } from '../../i18n/language.tsx';
import { useTimeFormat } from '../../i18n/time-format.ts';
import { personalTokensQuery, useCreatePersonalToken, useDeletePersonalToken } from './tokens.queries.ts';

/** The user's personal access tokens, which programs exchange for access tokens. */
export function PersonalTokensSection({ userId }: { userId: string }) {
  const { users, lists, shell } = usePhrases();
  const { personalTokens: t } = users;
  const { api } = useConsole();
  const date = useTimeFormat('day');
  const [creating, { open, close }] = useDisclosure(false);
  const query = useQuery(personalTokensQuery(api, userId));
  const remove = useDeletePersonalToken(userId);
  return (
    <Section
      title={t.title}
      description={t.hint}
      actions={
        <Button variant="default" size="xs" leftSection={<IconPlus size={14} aria-hidden />} onClick={open}>
          {t.create}
        </Button>
      }
    >
      <EntryList
        query={query}
        items={(tokens) => tokens}
        none={t.none}
        entry={({ name, value, createdAt, expiresAt }) => ({
          id: name,
          title: (
            <Group gap="xs">
              {name}
              {expiresAt !== null && expiresAt <= Date.now() && (
                <Badge color="red" variant="light">
                  {t.expired}
                </Badge>
              )}
            </Group>
          ),
          hint: [
            value,
            t.since({ time: date.format(createdAt) }),
            expiresAt === null ? t.forever : t.until({ time: date.format(expiresAt) }),
          ].join(' · '),
          action: (
            <RemoveButton
              label={lists.deleteOf({ name })}
              title={lists.deleteTitle({ name })}
              confirmLabel={shell.actions.delete}
              done={lists.deleted({ name })}
              onRemove={() => remove.mutateAsync(name)}
            >
              {t.deleteBody}
            </RemoveButton>
          ),
        })}
      />
      <Dialog opened={creating} title={t.create} onClose={close}>
        <CreateForm userId={userId} onClose={close} />
      </Dialog>
    </Section>
  );
}

const DAY_MS = 86_400_000;
const lifetimes = [7, 30, 90, 365];
const FOREVER = '';

/** Asks for a name and a lifetime; the token itself is shown once. */
function CreateForm({ userId, onClose }: { userId: string; onClose: () => void }) {
  const { users, lists, shell } = usePhrases();
  const { personalTokens: t } = users;
  const create = useCreatePersonalToken(userId);
  const form = useForm({
    initialValues: { name: '', days: '30' },
    validate: { name: (value) => (value.trim() === '' ? shell.form.required : null) },
  });
  const submit = form.onSubmit(({ name, days }) =>
    create.mutate({ name: name.trim(), expiresAt: days === FOREVER ? null : Date.now() + Number(days) * DAY_MS }),
  );
  if (create.data)
    return (
      <Stack>
        <Text size="sm">{t.shownOnce}</Text>
        <CopyableValue label={create.data.name} value={create.data.value} />
        <Group justify="flex-end">
          <Button onClick={onClose}>{users.password.shown}</Button>
        </Group>
      </Stack>
    );
  return (
    <DialogForm
      submitLabel={shell.actions.create}
      pending={create.isPending}
      error={create.error}
      onSubmit={submit}
      onCancel={onClose}
    >
      <TextInput
        label={lists.name}
        description={t.nameHint}
        required
        maxLength={256}
        data-autofocus
        {...form.getInputProps('name')}
      />
      <NativeSelect
        label={t.lifetime}
        data={[
          ...lifetimes.map((days) => ({ value: String(days), label: t.days({ days }) })),
          { value: FOREVER, label: t.forever },
        ]}
        {...form.getInputProps('days')}
      />
    </DialogForm>
  );
}
