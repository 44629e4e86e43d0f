import type { Application, ApplicationType } from '@latchkey/server/contract';
import { Button, Group, Modal, Stack, Switch, Textarea, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useNavigate } from '@tanstack/react-router';
import { FailureAlert } from '../../components/failure-alert.tsx';
import { usePhrases } from '../../i18n/language.tsx';
import { bareOrigin, isHost, isOrigin } from '../protected-applications/protected-form.ts';
import { ProtectedPlaceFields } from '../protected-applications/protected-place-fields.tsx';
import { useCreateApplication } from './applications.queries.ts';

/** What was picked in the gallery: a guide, or only a type. */
export type Choice = { name: string; type: ApplicationType; guideId?: string };

const nameLimit = 256;

/** Asks for the new application's name, creates it and opens its guide. */
export function CreateApplicationDialog({ choice, onClose }: { choice: Choice | null; onClose: () => void }) {
  const { applications: t, shell } = usePhrases();
  return (
    <Modal
      opened={choice !== null}
      onClose={onClose}
      title={choice ? t.create.title({ name: choice.name }) : ''}
      closeButtonProps={{ 'aria-label': shell.actions.close }}
      centered
    >
      {choice && <CreateApplicationForm choice={choice} onClose={onClose} />}
    </Modal>
  );
}

function CreateApplicationForm({ choice, onClose }: { choice: Choice; onClose: () => void }) {
  const { applications: t, protectedApplications, shell } = usePhrases();
  const isProtected = choice.type === 'Protected';
  const navigate = useNavigate();
  const create = useCreateApplication();
  const form = useForm({
    initialValues: { name: '', description: '', isThirdParty: false, subDomain: '', origin: '' },
    validate: {
      name: (value) => {
        if (value.trim() === '') return shell.form.required;
        return value.trim().length > nameLimit ? t.create.nameTooLong({ max: nameLimit }) : null;
      },
      subDomain: (value) => (isProtected && !isHost(value) ? protectedApplications.hostProblem : null),
      origin: (value) => (isProtected && !isOrigin(value) ? protectedApplications.originProblem : null),
    },
  });

  const open = ({ id: applicationId }: Pick<Application, 'id'>) =>
    choice.guideId === undefined
      ? navigate({ to: '/applications/$applicationId/$tab', params: { applicationId, tab: 'settings' } })
      : navigate({
          to: '/applications/$applicationId/guide/$guideId',
          params: { applicationId, guideId: choice.guideId },
          search: { created: true },
        });

  const submit = form.onSubmit(({ name, description, isThirdParty, subDomain, origin }) =>
    create.mutate(
      {
        name: name.trim(),
        type: choice.type,
        description: description.trim() || undefined,
        ...(isProtected
          ? { protectedAppMetadata: { subDomain: subDomain.trim(), origin: bareOrigin(origin) } }
          : { isThirdParty }),
      },
      { onSuccess: open },
    ),
  );

  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        <TextInput
          label={t.create.name}
          description={t.create.nameHint}
          placeholder={t.create.namePlaceholder}
          required
          data-autofocus
          {...form.getInputProps('name')}
        />
        <Textarea
          label={`${t.create.description} (${shell.form.optional})`}
          autosize
          minRows={2}
          {...form.getInputProps('description')}
        />
        {isProtected && <ProtectedPlaceFields form={form} />}
        {choice.type !== 'MachineToMachine' && choice.type !== 'SAML' && !isProtected && (
          <Switch
            label={t.create.thirdParty}
            description={t.create.thirdPartyHint}
            {...form.getInputProps('isThirdParty', { type: 'checkbox' })}
          />
        )}
        {create.error && <FailureAlert error={create.error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {shell.actions.cancel}
          </Button>
          <Button type="submit" loading={create.isPending}>
            {t.create.submit}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
