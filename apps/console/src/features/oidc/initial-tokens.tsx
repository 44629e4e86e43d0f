import { Alert, Button, Group, NumberInput, Stack, TextInput, Title } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { CopyableValue } from '../../components/copyable-value.tsx';
import { Dialog, DialogForm } from '../../components/dialog.tsx';
import { EntryList } from '../../components/entry-list.tsx';
import { RemoveButton } from '../../components/remove-button.tsx';
import { useConsole } from '../../console-context.tsx';
import { usePhrases } from '../../i18n/language.tsx';
import { useTimeFormat } from '../../i18n/time-format.ts';
import { initialTokensQuery, useCreateInitialToken, useDeleteInitialToken } from './registration.queries.ts';

const msPerDay = 86_400_000;
const maxDays = 3650;

/** Tokens by whose owners clients may be registered. */
export function InitialTokens() {
  const { oidc, lists, shell } = usePhrases();
  const { registration: t } = oidc;
  const { api } = useConsole();
  const query = useQuery(initialTokensQuery(api));
  const remove = useDeleteInitialToken();
  const [creating, { open, close }] = useDisclosure(false);
  const date = useTimeFormat('day');
  return (
    <Stack gap="sm">
      <Group justify="space-between">
        <Title order={3} size="h5">
          {t.tokens}
        </Title>
        <Button size="xs" variant="default" leftSection={<IconPlus size={14} aria-hidden />} onClick={open}>
          {t.createToken}
        </Button>
      </Group>
      <EntryList
        query={query}
        items={(tokens) => tokens}
        none={t.noTokens}
        entry={({ id, name, expiresAt, lastUsedAt }) => ({
          id,
          title: name,
          hint: [
            expiresAt === null ? t.neverExpires : t.expires({ time: date.format(expiresAt) }),
            lastUsedAt === null ? t.neverUsed : t.lastUsed({ time: date.format(lastUsedAt) }),
          ].join(' · '),
          action: (
            <RemoveButton
              label={lists.deleteOf({ name })}
              title={lists.deleteTitle({ name })}
              done={lists.deleted({ name })}
              confirmLabel={shell.actions.delete}
              onRemove={() => remove.mutateAsync(id)}
            >
              {t.deleteTokenBody}
            </RemoveButton>
          ),
        })}
      />
      <Dialog opened={creating} title={t.createToken} onClose={close}>
        <CreateToken onClose={close} />
      </Dialog>
    </Stack>
  );
}

function CreateToken({ onClose }: { onClose: () => void }) {
  const { oidc, lists, shell } = usePhrases();
  const { registration: t } = oidc;
  const create = useCreateInitialToken();
  const [name, setName] = useState('');
  const [days, setDays] = useState<number | string>(30);
  if (create.data) {
    return (
      <Stack>
        <Alert color="yellow">{t.tokenOnce}</Alert>
        <CopyableValue label={t.token} value={create.data.value} />
        <Group justify="flex-end">
          <Button onClick={onClose}>{shell.actions.close}</Button>
        </Group>
      </Stack>
    );
  }
  return (
    <DialogForm
      submitLabel={shell.actions.create}
      pending={create.isPending}
      error={create.error}
      disabled={name.trim() === ''}
      onSubmit={(event) => {
        event?.preventDefault();
        const expiresAt = days === '' ? null : Date.now() + Number(days) * msPerDay;
        create.mutate({ name: name.trim(), expiresAt });
      }}
      onCancel={onClose}
    >
      <TextInput
        label={lists.name}
        required
        maxLength={128}
        data-autofocus
        value={name}
        onChange={({ currentTarget }) => setName(currentTarget.value)}
      />
      <NumberInput
        label={t.tokenDays}
        description={t.tokenDaysHint}
        min={1}
        max={maxDays}
        clampBehavior="strict"
        allowDecimal={false}
        value={days}
        onChange={setDays}
      />
    </DialogForm>
  );
}
