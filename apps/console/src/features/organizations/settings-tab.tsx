import { JsonInput, MultiSelect, Stack, Switch, TagsInput, Textarea, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { DeleteSection } from '../../components/delete-section.tsx';
import { FailureAlert } from '../../components/failure-alert.tsx';
import { isJsonObject } from '../../components/json-object.ts';
import { Loaded } from '../../components/loaded.tsx';
import { notifyDone } from '../../components/notify.ts';
import { SaveBar } from '../../components/save-bar.tsx';
import { Section } from '../../components/section.tsx';
import { useConsole } from '../../console-context.tsx';
import { usePhrases } from '../../i18n/language.tsx';
import type { Organization } from './organization.page.tsx';
import {
  joiningQuery,
  organizationRolesQuery,
  useDeleteOrganization,
  useSetJoining,
  useUpdateOrganization,
} from './organizations.queries.ts';

/** What the organization is called and demands, and who joins it by themselves. */
export function SettingsTab({ organization }: { organization: Organization }) {
  const { organizations: t } = usePhrases();
  const { api } = useConsole();
  const navigate = useNavigate();
  const joining = useQuery(joiningQuery(api, organization.id));
  const remove = useDeleteOrganization(organization.id);
  return (
    <Stack gap="lg">
      <SettingsForm organization={organization} />
      <Loaded query={joining}>{(rules) => <JoiningForm organizationId={organization.id} rules={rules} />}</Loaded>
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

type Rules = { domains: string[]; roleIds: string[] };

const isDomain = (text: string) => /^[^\s@.]+(\.[^\s@.]+)+$/.test(text);

function JoiningForm({ organizationId, rules }: { organizationId: string; rules: Rules }) {
  const { organizations, shell } = usePhrases();
  const { jit: t } = organizations;
  const { api } = useConsole();
  const roles = useQuery(organizationRolesQuery(api, organizationId));
  const save = useSetJoining(organizationId);
  const form = useForm<Rules>({
    initialValues: rules,
    validate: {
      domains: (domains) => {
        const wrong = domains.find((domain) => !isDomain(domain));
        return wrong === undefined ? null : t.domainInvalid({ domain: wrong });
      },
    },
  });
  const submit = form.onSubmit((values) =>
    save.mutate(values, {
      onSuccess: () => {
        form.setInitialValues(values);
        form.setValues(values);
        notifyDone(shell.form.saved);
      },
    }),
  );
  const choices = (roles.data ?? []).filter(({ type }) => type === 'User');
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        <Section title={t.title} description={t.hint}>
          <TagsInput
            label={t.domains}
            description={t.domainsHint}
            placeholder="example.com"
            {...form.getInputProps('domains')}
          />
          <MultiSelect
            label={t.roles}
            data={choices.map(({ id, name }) => ({ value: id, label: name }))}
            searchable
            {...form.getInputProps('roleIds')}
          />
          {roles.error && <FailureAlert error={roles.error} onRetry={() => roles.refetch()} />}
          {save.error && <FailureAlert error={save.error} />}
        </Section>
        <SaveBar dirty={form.isDirty()} pending={save.isPending} onDiscard={() => form.reset()} />
      </Stack>
    </form>
  );
}
