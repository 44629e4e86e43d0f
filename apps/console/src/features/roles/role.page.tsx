import type { Role } from '@latchkey/server/contract';
import { Stack, Switch, Textarea, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { BackLink } from '../../components/back-link.tsx';
import { CopyableId } from '../../components/copyable-id.tsx';
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
import { RoleApplicationsTab, RoleUsersTab } from './holders-tabs.tsx';
import { RolePermissionsTab } from './permissions-tab.tsx';
import { roleQuery, useDeleteRole, useUpdateRole } from './roles.queries.ts';

const route = getRouteApi('/signed-in/roles/$roleId/$tab');

const tabsOf = ({ type }: Role) =>
  ['permissions', type === 'User' ? 'users' : 'machine-to-machine-apps', 'general', 'history'] as const;

/** One role: what it allows, and who holds it. */
export function RolePage() {
  const { roleId } = route.useParams();
  const { api } = useConsole();
  const query = useQuery(roleQuery(api, roleId));
  return <Loaded query={query}>{(role) => <Details key={role.id} role={role} />}</Loaded>;
}

function Details({ role }: { role: Role }) {
  const { roles: t, lists } = usePhrases();
  const { tab } = route.useParams();
  const navigate = route.useNavigate();
  return (
    <>
      <PageHeader
        above={<BackLink to="/roles">{t.back}</BackLink>}
        title={role.name}
        part={t.tabs[tab]}
        description={
          <>
            {t.types[role.type]} · {role.description}
            <CopyableId id={role.id} of={role.name} />
          </>
        }
      />
      <PageTabs
        label={lists.parts({ name: role.name })}
        value={tab}
        tabs={tabsOf(role).map((value) => ({ value, label: t.tabs[value] }))}
        onChange={(next) => navigate({ params: { roleId: role.id, tab: next } })}
      >
        {tab === 'permissions' && <RolePermissionsTab role={role} />}
        {tab === 'users' && <RoleUsersTab roleId={role.id} />}
        {tab === 'machine-to-machine-apps' && <RoleApplicationsTab roleId={role.id} />}
        {tab === 'general' && <GeneralTab role={role} />}
        {tab === 'history' && <LogsTab of={{ targetType: 'Role', targetId: role.id }} name={role.name} />}
      </PageTabs>
    </>
  );
}

const valuesOf = ({ name, description, isDefault }: Role) => ({ name, description, isDefault });

function GeneralTab({ role }: { role: Role }) {
  const { roles: t, lists, shell } = usePhrases();
  const navigate = useNavigate();
  const update = useUpdateRole(role.id);
  const remove = useDeleteRole(role.id);
  const required = (value: string) => (value.trim() === '' ? shell.form.required : null);
  const form = useForm({ initialValues: valuesOf(role), validate: { name: required, description: required } });
  const submit = form.onSubmit(({ name, description, isDefault }) =>
    update.mutate(
      { name: name.trim(), description: description.trim(), ...(role.type === 'User' && { isDefault }) },
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
    <Stack gap="lg">
      <form onSubmit={submit} noValidate>
        <Stack>
          <Section title={lists.general}>
            <TextInput label={lists.name} required maxLength={128} {...form.getInputProps('name')} />
            <Textarea
              label={lists.description}
              description={t.descriptionHint}
              required
              autosize
              minRows={2}
              maxLength={128}
              {...form.getInputProps('description')}
            />
            {role.type === 'User' && (
              <Switch
                label={t.isDefault}
                description={t.isDefaultHint}
                {...form.getInputProps('isDefault', { type: 'checkbox' })}
              />
            )}
            {update.error && <FailureAlert error={update.error} />}
          </Section>
          <SaveBar dirty={form.isDirty()} pending={update.isPending} onDiscard={() => form.reset()} />
        </Stack>
      </form>
      <DeleteSection
        title={t.deleteSection}
        hint={t.deleteHint}
        name={role.name}
        onDelete={() => remove.mutateAsync(undefined)}
        onDeleted={() => navigate({ to: '/roles', ignoreBlocker: true })}
      />
    </Stack>
  );
}
