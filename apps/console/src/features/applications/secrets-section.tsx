import type { ApplicationSecret } from '@latchkey/server/contract';
import { ActionIcon, Badge, Button, Group, Modal, NativeSelect, Skeleton, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useDisclosure } from '@mantine/hooks';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { CopyableValue } from '../../components/copyable-value.tsx';
import { FailureAlert } from '../../components/failure-alert.tsx';
import { notifyDone } from '../../components/notify.ts';
import { Section } from '../../components/section.tsx';
import { useConsole } from '../../console-context.tsx';
import { usePhrases } from '../../i18n/language.tsx';
import { useTimeFormat } from '../../i18n/time-format.ts';
import { secretsQuery, useCreateSecret, useDeleteSecret } from './applications.queries.ts';
import classes from './secrets-section.module.css';

/** The application's secrets: several at a time, so that one can be replaced while the other still works. */
export function SecretsSection({ applicationId }: { applicationId: string }) {
  const { secrets: t } = usePhrases().applications.details;
  const { api } = useConsole();
  const { data, error, refetch } = useQuery(secretsQuery(api, applicationId));
  const [creating, { open, close }] = useDisclosure(false);
  const [doomed, setDoomed] = useState<string | null>(null);
  const { shell } = usePhrases();
  const remove = useDeleteSecret(applicationId);
  const keep = () => {
    setDoomed(null);
    remove.reset();
  };
  const confirmRemoval = (name: string) =>
    remove.mutate(name, {
      onSuccess: () => {
        setDoomed(null);
        notifyDone(t.deleted);
      },
    });

  return (
    <Section
      title={t.title}
      description={t.hint}
      actions={
        <Button variant="default" size="xs" leftSection={<IconPlus size={14} aria-hidden />} onClick={open}>
          {t.add}
        </Button>
      }
    >
      {error && <FailureAlert error={error} onRetry={() => refetch()} />}
      {!error && !data && <Skeleton height={72} />}
      {data?.length === 0 && <Text className="quiet">{t.none}</Text>}
      {data && data.length > 0 && <SecretsList secrets={data} onDelete={setDoomed} />}
      <Modal
        opened={creating}
        onClose={close}
        title={t.createTitle}
        closeButtonProps={{ 'aria-label': shell.actions.close }}
        centered
      >
        <CreateSecretForm applicationId={applicationId} onDone={close} />
      </Modal>
      <ConfirmDialog
        opened={doomed !== null}
        title={t.deleteTitle}
        confirmLabel={shell.actions.delete}
        pending={remove.isPending}
        error={remove.error}
        onConfirm={() => doomed !== null && confirmRemoval(doomed)}
        onClose={keep}
      >
        {t.deleteBody({ name: doomed ?? '' })}
      </ConfirmDialog>
    </Section>
  );
}

function SecretsList({ secrets, onDelete }: { secrets: ApplicationSecret[]; onDelete: (name: string) => void }) {
  const { secrets: t } = usePhrases().applications.details;
  return (
    <ul className={classes.list}>
      {secrets.map(({ name, value, expiresAt }) => (
        <li key={name} className={classes.secret}>
          <div className={classes.name}>
            <Text fw={500}>{name}</Text>
            <Group gap={6}>
              <Text size="sm" className="quiet">
                {t.expires}
              </Text>
              <Expiry expiresAt={expiresAt} />
            </Group>
          </div>
          <div className={classes.value}>
            <CopyableValue label={t.valueOf({ name })} value={value} secret bare />
          </div>
          <ActionIcon
            variant="subtle"
            color="red"
            size="lg"
            onClick={() => onDelete(name)}
            aria-label={t.deleteOf({ name })}
          >
            <IconTrash size={18} aria-hidden />
          </ActionIcon>
        </li>
      ))}
    </ul>
  );
}

function Expiry({ expiresAt }: { expiresAt: number | null }) {
  const { secrets: t } = usePhrases().applications.details;
  const day = useTimeFormat('day');
  if (expiresAt === null) return <Text size="sm">{t.never}</Text>;
  if (expiresAt <= Date.now())
    return (
      <Badge color="red" variant="light">
        {t.expired}
      </Badge>
    );
  return <Text size="sm">{day.format(expiresAt)}</Text>;
}

const lifetimes = [7, 30, 90, 180, 365];
const millisecondsADay = 86_400_000;

function CreateSecretForm({ applicationId, onDone }: { applicationId: string; onDone: () => void }) {
  const { applications, shell } = usePhrases();
  const { secrets: t } = applications.details;
  const create = useCreateSecret(applicationId);
  const form = useForm({
    initialValues: { name: '', days: '' },
    validate: { name: (value) => (value.trim() === '' ? shell.form.required : null) },
  });
  const submit = form.onSubmit(({ name, days }) =>
    create.mutate(
      { name: name.trim(), expiresAt: days === '' ? undefined : Date.now() + Number(days) * millisecondsADay },
      {
        onSuccess: () => {
          notifyDone(t.created);
          onDone();
        },
      },
    ),
  );

  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        <TextInput
          label={t.name}
          description={t.nameHint}
          required
          maxLength={256}
          data-autofocus
          {...form.getInputProps('name')}
        />
        <NativeSelect
          label={t.expiry}
          data={[
            { value: '', label: t.never },
            ...lifetimes.map((days) => ({ value: String(days), label: t.days({ days }) })),
          ]}
          {...form.getInputProps('days')}
        />
        {create.error && <FailureAlert error={create.error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onDone}>
            {shell.actions.cancel}
          </Button>
          <Button type="submit" loading={create.isPending}>
            {t.add}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
