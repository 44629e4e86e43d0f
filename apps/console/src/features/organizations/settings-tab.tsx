import { JsonInput, Stack, Switch, Textarea, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useNavigate } from '@tanstack/react-router';
import { DeleteSection } from '../../components/delete-section.tsx';
import { FailureAlert } from '../../components/failure-alert.tsx';
import { isJsonObject } from '../../components/json-object.ts';
import { notifyDone } from '../../components/notify.ts';
import { SaveBar } from '../../components/save-bar.tsx';
import { Section } from '../../components/section.tsx';
import { usePhrases } from '../../i18n/language.tsx';
import type { Organization } from './organization.page.tsx';
import { useDeleteOrganization, useUpdateOrganization } from './organizations.queries.ts';

/** What the organization is called and demands. */
export function SettingsTab({ organization }: { organization: Organization }) {
  const { organizations: t } = usePhrases();
  const navigate = useNavigate();
  const remove = useDeleteOrganization(organization.id);
  return (
    <Stack gap="lg">
      <SettingsForm organization={organization} />
      <DeleteSection
        title={t.deleteSection}
        hint={t.deleteHint}
        name={organization.name}
        onDelete={() => remove.mutateAsync(undefined)}
        onDeleted={() => navigate({ to: '/organizations', ignoreBlocker: true })}
      />
    </Stack>
  );
}

const valuesOf = ({ name, slug, description, isMfaRequired, customData }: Organization) => ({
  name,
  slug: slug ?? '',
  description: description ?? '',
  isMfaRequired,
  customData: JSON.stringify(customData, null, 2),
});

function SettingsForm({ organization }: { organization: Organization }) {
  const { organizations: t, lists, shell } = usePhrases();
  const update = useUpdateOrganization(organization.id);
  const form = useForm({
    initialValues: valuesOf(organization),
    validate: {
      name: (value) => (value.trim() === '' ? shell.form.required : null),
      slug: (value) => (/^([a-z0-9][a-z0-9-]*)?$/.test(value.trim()) ? null : t.slugInvalid),
      customData: (value) => (isJsonObject(value) ? null : lists.jsonInvalid),
    },
  });
  const submit = form.onSubmit(({ name, slug, description, isMfaRequired, customData }) =>
    update.mutate(
      {
        name: name.trim(),
        slug: slug.trim() || null,
        description: description.trim() || null,
        isMfaRequired,
        customData: JSON.parse(customData || '{}'),
      },
      {
        onSuccess: (saved) => {
          form.setInitialValues(valuesOf(saved));
          form.setValues(valuesOf(saved));
          notifyDone(shell.form.saved);
        },
      },
    ),
  );
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        <Section title={lists.general}>
          <TextInput label={lists.name} required maxLength={128} {...form.getInputProps('name')} />
          <TextInput label={t.slug} description={t.slugHint} maxLength={64} {...form.getInputProps('slug')} />
          <Textarea
            label={lists.description}
            autosize
            minRows={2}
            maxLength={256}
            {...form.getInputProps('description')}
          />
          <Switch
            label={t.isMfaRequired}
            description={t.isMfaRequiredHint}
            {...form.getInputProps('isMfaRequired', { type: 'checkbox' })}
          />
          <JsonInput
            label={lists.json}
            description={lists.jsonHint}
            autosize
            minRows={3}
            maxRows={20}
            formatOnBlur
            classNames={{ input: 'mono' }}
            {...form.getInputProps('customData')}
          />
          {update.error && <FailureAlert error={update.error} />}
        </Section>
        <SaveBar dirty={form.isDirty()} pending={update.isPending} onDiscard={() => form.reset()} />
      </Stack>
    </form>
  );
}
