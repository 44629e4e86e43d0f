import { NumberInput, Stack, Switch, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import type { AnswerOf } from '../../api/operations.ts';
import { BackLink } from '../../components/back-link.tsx';
import { CopyableId } from '../../components/copyable-id.tsx';
import { CopyableValue } from '../../components/copyable-value.tsx';
import { DeleteSection } from '../../components/delete-section.tsx';
import { FailureAlert } from '../../components/failure-alert.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { notifyDone } from '../../components/notify.ts';
import { PageHeader } from '../../components/page-header.tsx';
import { PageTabs } from '../../components/page-tabs.tsx';
import { SaveBar } from '../../components/save-bar.tsx';
import { Section } from '../../components/section.tsx';
import { useConsole } from '../../console-context.tsx';
import { usePhrases } from '../../i18n/language.tsx';
import { LogsTab } from '../audit-logs/logs-tab.tsx';
import { PermissionsTab } from './permissions-tab.tsx';
import { resourceQuery, useDeleteResource, useSetDefaultResource, useUpdateResource } from './resources.queries.ts';

const route = getRouteApi('/signed-in/api-resources/$resourceId/$tab');
const tabs = ['permissions', 'general', 'history'] as const;
const ttlSeconds = { min: 1, max: 31_536_000 };

type Resource = AnswerOf<'GET /api/resources/:id'>;

/** One API: its permissions, and how long its tokens live. */
export function ResourcePage() {
  const { resourceId } = route.useParams();
  const { api } = useConsole();
  const query = useQuery(resourceQuery(api, resourceId));
  return <Loaded query={query}>{(resource) => <Details key={resource.id} resource={resource} />}</Loaded>;
}

function Details({ resource }: { resource: Resource }) {
  const { resources: t, lists } = usePhrases();
  const { config } = useConsole();
  const { tab } = route.useParams();
  const navigate = route.useNavigate();
  const builtIn = resource.indicator === config.managementResource;
  return (
    <>
      <PageHeader
        above={<BackLink to="/api-resources">{t.back}</BackLink>}
        title={resource.name}
        part={t.tabs[tab]}
        description={<CopyableId id={resource.indicator} of={resource.name} />}
      />
      <PageTabs
        label={lists.parts({ name: resource.name })}
        value={tab}
        tabs={tabs.map((value) => ({ value, label: t.tabs[value] }))}
        onChange={(next) => navigate({ params: { resourceId: resource.id, tab: next } })}
      >
        {tab === 'permissions' && <PermissionsTab resourceId={resource.id} fixed={builtIn} />}
        {tab === 'general' && <GeneralTab resource={resource} builtIn={builtIn} />}
        {tab === 'history' && <LogsTab of={{ targetType: 'Resource', targetId: resource.id }} name={resource.name} />}
      </PageTabs>
    </>
  );
}

function GeneralTab({ resource, builtIn }: { resource: Resource; builtIn: boolean }) {
  const { resources: t, shell } = usePhrases();
  const navigate = useNavigate();
  const setDefault = useSetDefaultResource(resource.id);
  const remove = useDeleteResource(resource.id);
  return (
    <Stack gap="lg">
      <SettingsForm resource={resource} builtIn={builtIn} />
      <Section title={t.isDefault}>
        <Switch
          label={t.isDefault}
          description={t.isDefaultHint}
          checked={setDefault.isPending ? setDefault.variables : resource.isDefault}
          disabled={setDefault.isPending}
          onChange={(event) =>
            setDefault.mutate(event.currentTarget.checked, { onSuccess: () => notifyDone(shell.form.saved) })
          }
        />
        {setDefault.error && <FailureAlert error={setDefault.error} />}
      </Section>
      {!builtIn && (
        <DeleteSection
          title={t.deleteTitle}
          hint={t.deleteHint}
          name={resource.name}
          onDelete={() => remove.mutateAsync(undefined)}
          onDeleted={() => navigate({ to: '/api-resources', ignoreBlocker: true })}
        />
      )}
    </Stack>
  );
}

function SettingsForm({ resource, builtIn }: { resource: Resource; builtIn: boolean }) {
  const { resources: t, lists, shell } = usePhrases();
  const update = useUpdateResource(resource.id);
  const form = useForm<{ name: string; accessTokenTtl: number | string }>({
    initialValues: { name: resource.name, accessTokenTtl: resource.accessTokenTtl },
    validate: {
      name: (value) => (value.trim() === '' ? shell.form.required : null),
      accessTokenTtl: (value) =>
        Number.isInteger(value) && Number(value) >= ttlSeconds.min && Number(value) <= ttlSeconds.max
          ? null
          : t.ttlRange(ttlSeconds),
    },
  });
  const submit = form.onSubmit(({ name, accessTokenTtl }) =>
    update.mutate(
      { ...(builtIn ? {} : { name: name.trim() }), accessTokenTtl: Number(accessTokenTtl) },
      {
        onSuccess: (saved) => {
          form.resetDirty();
          form.setValues({ name: saved.name, accessTokenTtl: saved.accessTokenTtl });
          form.setInitialValues({ name: saved.name, accessTokenTtl: saved.accessTokenTtl });
          notifyDone(shell.form.saved);
        },
      },
    ),
  );
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        <Section title={lists.general}>
          <TextInput label={lists.name} required maxLength={256} disabled={builtIn} {...form.getInputProps('name')} />
          <CopyableValue label={t.indicator} value={resource.indicator} />
          <NumberInput
            label={t.ttl}
            description={t.ttlHint}
            suffix={` ${t.seconds}`}
            allowDecimal={false}
            required
            {...ttlSeconds}
            clampBehavior="none"
            {...form.getInputProps('accessTokenTtl')}
          />
          {update.error && <FailureAlert error={update.error} />}
        </Section>
        <SaveBar dirty={form.isDirty()} pending={update.isPending} onDiscard={() => form.reset()} />
      </Stack>
    </form>
  );
}
