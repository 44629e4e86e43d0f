import type { User } from '@latchkey/server/contract';
import { Avatar, Button, Group, JsonInput, SimpleGrid, Stack, Textarea, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useDisclosure } from '@mantine/hooks';
import { useNavigate } from '@tanstack/react-router';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { DeleteSection } from '../../components/delete-section.tsx';
import { FailureAlert } from '../../components/failure-alert.tsx';
import { isJsonObject } from '../../components/json-object.ts';
import { notifyDone } from '../../components/notify.ts';
import { SaveBar } from '../../components/save-bar.tsx';
import { Section } from '../../components/section.tsx';
import { userName } from '../../components/user-name.ts';
import { usePhrases } from '../../i18n/language.tsx';
import { MergeSection } from './merge-section.tsx';
import { addressFields, identifierRules, profileFields, toFormValues, toPatch } from './user-form.ts';
import { useDeleteUser, useSuspend, useUpdateUser } from './users.queries.ts';

/** The user's account, claims and custom data; suspension and deletion. */
export function ProfileTab({ user }: { user: User }) {
  const { users: t } = usePhrases();
  const navigate = useNavigate();
  const remove = useDeleteUser(user.id);
  return (
    <Stack gap="lg">
      <ProfileForm user={user} />
      <SuspensionSection user={user} />
      <MergeSection user={user} />
      <DeleteSection
        title={t.deleteSection}
        hint={t.deleteHint}
        name={userName(user)}
        onDelete={() => remove.mutateAsync(undefined)}
        onDeleted={() => navigate({ to: '/users', ignoreBlocker: true })}
      />
    </Stack>
  );
}

const isAddress = (text: string) => text.trim() === '' || /^https?:\/\/./.test(text.trim());

function ProfileForm({ user }: { user: User }) {
  const phrases = usePhrases();
  const { users: t, lists, shell } = phrases;
  const update = useUpdateUser(user.id);
  const form = useForm({
    initialValues: toFormValues(user),
    validate: {
      ...identifierRules(phrases),
      avatar: (text) => (isAddress(text) ? null : t.urlInvalid),
      customData: (text) => (isJsonObject(text) ? null : lists.jsonInvalid),
    },
    validateInputOnBlur: true,
  });
  const submit = form.onSubmit((values) =>
    update.mutate(toPatch(values), {
      onSuccess: (saved) => {
        form.setInitialValues(toFormValues(saved));
        form.setValues(toFormValues(saved));
        notifyDone(shell.form.saved);
      },
    }),
  );
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="lg">
        <Section title={t.identity}>
          <Group wrap="nowrap" align="flex-end">
            <Avatar
              src={isAddress(form.values.avatar) ? form.values.avatar || null : null}
              name={userName(user)}
              color="door"
              size={56}
              alt=""
              aria-hidden
            />
            <TextInput
              flex={1}
              label={t.fields.avatar}
              type="url"
              placeholder="https://"
              maxLength={2048}
              {...form.getInputProps('avatar')}
            />
          </Group>
          <SimpleGrid cols={{ base: 1, sm: 2 }}>
            <TextInput label={t.fields.name} maxLength={128} {...form.getInputProps('name')} />
            <TextInput label={t.fields.username} maxLength={128} {...form.getInputProps('username')} />
            <TextInput
              label={t.fields.primaryEmail}
              type="email"
              maxLength={128}
              {...form.getInputProps('primaryEmail')}
            />
            <TextInput
              label={t.fields.primaryPhone}
              placeholder="819012345678"
              type="tel"
              maxLength={128}
              {...form.getInputProps('primaryPhone')}
            />
          </SimpleGrid>
        </Section>
        <Section title={t.profile} description={t.profileHint}>
          <SimpleGrid cols={{ base: 1, sm: 2 }}>
            {profileFields.map((field) => (
              <TextInput
                key={field}
                label={t.fields[field]}
                maxLength={2048}
                {...form.getInputProps(`profile.${field}`)}
              />
            ))}
          </SimpleGrid>
        </Section>
        <Section title={t.address}>
          <SimpleGrid cols={{ base: 1, sm: 2 }}>
            {addressFields.map((field) => {
              const props = { label: t.fields[field], maxLength: 2048, ...form.getInputProps(`address.${field}`) };
              // OpenID Connect Core §5.1.1: these two may be of several lines.
              return field === 'formatted' || field === 'streetAddress' ? (
                <Textarea key={field} autosize minRows={1} maxRows={6} {...props} />
              ) : (
                <TextInput key={field} {...props} />
              );
            })}
          </SimpleGrid>
        </Section>
        <Section title={lists.json} description={lists.jsonHint}>
          <JsonInput
            aria-label={lists.json}
            autosize
            minRows={4}
            maxRows={20}
            formatOnBlur
            classNames={{ input: 'mono' }}
            {...form.getInputProps('customData')}
          />
        </Section>
        {update.error && <FailureAlert error={update.error} />}
        <SaveBar dirty={form.isDirty()} pending={update.isPending} onDiscard={() => form.reset()} />
      </Stack>
    </form>
  );
}

function SuspensionSection({ user }: { user: User }) {
  const { suspension: t } = usePhrases().users;
  const [asking, { open, close }] = useDisclosure(false);
  const suspend = useSuspend(user.id);
  const change = (isSuspended: boolean) =>
    suspend.mutate(isSuspended, {
      onSuccess: () => {
        close();
        notifyDone(isSuspended ? t.suspendedNow : t.restored);
      },
    });
  return (
    <Section
      title={t.title}
      description={t.hint}
      actions={
        user.isSuspended ? (
          <Button variant="default" loading={suspend.isPending} onClick={() => change(false)}>
            {t.restore}
          </Button>
        ) : (
          <Button color="red" variant="outline" onClick={open}>
            {t.suspend}
          </Button>
        )
      }
    >
      {suspend.error && !asking && <FailureAlert error={suspend.error} />}
      <ConfirmDialog
        opened={asking}
        title={t.suspendTitle}
        confirmLabel={t.suspend}
        pending={suspend.isPending}
        error={suspend.error}
        onConfirm={() => change(true)}
        onClose={close}
      >
        {t.hint}
      </ConfirmDialog>
    </Section>
  );
}
