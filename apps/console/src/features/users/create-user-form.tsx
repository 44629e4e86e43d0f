import { Button, Group, Stack, Switch, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useState } from 'react';
import { CopyableValue } from '../../components/copyable-value.tsx';
import { DialogForm } from '../../components/dialog.tsx';
import { LinkButton } from '../../components/link.tsx';
import { usePhrases } from '../../i18n/language.tsx';
import { generatePassword } from './generate-password.ts';
import { identifierFields, identifierRules } from './user-form.ts';
import { useCreateUser } from './users.queries.ts';

type Made = { id: string; password: string | undefined };

/** Asks for what the user signs in with; the generated password is shown once, when the user exists. */
export function CreateUserForm({ onClose }: { onClose: () => void }) {
  const phrases = usePhrases();
  const { users: t, shell } = phrases;
  const create = useCreateUser();
  const [made, setMade] = useState<Made | null>(null);
  const rules = identifierRules(phrases);
  const form = useForm({
    initialValues: { username: '', primaryEmail: '', primaryPhone: '', name: '', withPassword: true },
    validate: {
      ...rules,
      username: (text, values) =>
        identifierFields.every((field) => values[field].trim() === '') ? t.identifierMissing : rules.username(text),
    },
  });
  const submit = form.onSubmit(({ withPassword, ...fields }) => {
    const password = withPassword ? generatePassword() : undefined;
    const entered = Object.entries(fields).filter(([, text]) => text.trim() !== '');
    create.mutate(
      { ...Object.fromEntries(entered.map(([field, text]) => [field, text.trim()])), password },
      { onSuccess: ({ id }) => setMade({ id, password }) },
    );
  });
  if (made) return <Created made={made} onClose={onClose} />;
  return (
    <DialogForm
      submitLabel={shell.actions.create}
      pending={create.isPending}
      error={create.error}
      onSubmit={submit}
      onCancel={onClose}
    >
      <TextInput label={t.fields.username} maxLength={128} data-autofocus {...form.getInputProps('username')} />
      <TextInput label={t.fields.primaryEmail} type="email" maxLength={128} {...form.getInputProps('primaryEmail')} />
      <TextInput
        label={t.fields.primaryPhone}
        description={t.phoneHint}
        type="tel"
        maxLength={128}
        {...form.getInputProps('primaryPhone')}
      />
      <TextInput label={`${t.fields.name} (${shell.form.optional})`} maxLength={128} {...form.getInputProps('name')} />
      <Switch
        label={t.withPassword}
        description={t.withPasswordHint}
        {...form.getInputProps('withPassword', { type: 'checkbox' })}
      />
    </DialogForm>
  );
}

function Created({ made, onClose }: { made: Made; onClose: () => void }) {
  const { password: t } = usePhrases().users;
  return (
    <Stack>
      {made.password !== undefined && (
        <>
          <Text size="sm">{t.newBody}</Text>
          <CopyableValue label={t.value} value={made.password} />
        </>
      )}
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          {t.shown}
        </Button>
        <LinkButton to="/users/$userId/$tab" params={{ userId: made.id, tab: 'settings' }}>
          {t.open}
        </LinkButton>
      </Group>
    </Stack>
  );
}
