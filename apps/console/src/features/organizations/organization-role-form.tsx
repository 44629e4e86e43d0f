import { MultiSelect, SegmentedControl, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQuery } from '@tanstack/react-query';
import { DialogForm } from '../../components/dialog.tsx';
import { FailureAlert } from '../../components/failure-alert.tsx';
import { notifyDone } from '../../components/notify.ts';
import { useConsole } from '../../console-context.tsx';
import { usePhrases } from '../../i18n/language.tsx';
import { grantableQuery, type OrganizationRole, useSaveOrganizationRole } from './template.queries.ts';

const types = ['User', 'MachineToMachine'] as const;

const idsOf = (entries: { id: string }[] | undefined) => (entries ?? []).map(({ id }) => id);

type Props = {
  role: OrganizationRole | undefined;
  /** The organization that a new role is made for; undefined for all of them. */
  organizationId: string | undefined;
  onClose: () => void;
};

/** Makes an organization role, or sets what one is called and allows. */
export function OrganizationRoleForm({ role, organizationId, onClose }: Props) {
  const { organizations, roles, lists, shell } = usePhrases();
  const { template: t } = organizations;
  const { api, config } = useConsole();
  const grantable = useQuery(grantableQuery(api));
  const save = useSaveOrganizationRole(role?.id, organizationId);
  const form = useForm({
    initialValues: {
      name: role?.name ?? '',
      description: role?.description ?? '',
      type: role?.type ?? ('User' as const),
      organizationScopeIds: idsOf(role?.scopes),
      resourceScopeIds: idsOf(role?.resourceScopes),
    },
    validate: { name: (value) => (value.trim() === '' ? shell.form.required : null) },
  });
  const done = () => {
    notifyDone(shell.form.saved);
    onClose();
  };
  const submit = form.onSubmit((values) =>
    save.mutate({ ...values, name: values.name.trim(), description: values.description.trim() }, { onSuccess: done }),
  );
  // Users are never given the Management API, so its scopes are no choice for their roles.
  const resources = (grantable.data?.resources ?? []).filter(
    ({ indicator }) => form.values.type === 'MachineToMachine' || indicator !== config.managementResource,
  );
  return (
    <DialogForm
      submitLabel={role ? shell.actions.save : shell.actions.create}
      pending={save.isPending}
      error={save.error}
      onSubmit={submit}
      onCancel={onClose}
    >
      <TextInput label={lists.name} required maxLength={128} data-autofocus {...form.getInputProps('name')} />
      <TextInput
        label={`${lists.description} (${shell.form.optional})`}
        maxLength={256}
        {...form.getInputProps('description')}
      />
      {!role && (
        <SegmentedControl
          fullWidth
          aria-label={t.type}
          data={types.map((value) => ({ value, label: roles.types[value] }))}
          {...form.getInputProps('type')}
        />
      )}
      {grantable.error && <FailureAlert error={grantable.error} onRetry={() => grantable.refetch()} />}
      <MultiSelect
        label={t.permissions}
        searchable
        data={(grantable.data?.scopes ?? []).map(({ id, name }) => ({ value: id, label: name }))}
        {...form.getInputProps('organizationScopeIds')}
      />
      <MultiSelect
        label={t.apiPermissions}
        searchable
        data={resources.map(({ name, scopes = [] }) => ({
          group: name,
          items: scopes.map((scope) => ({ value: scope.id, label: scope.name })),
        }))}
        {...form.getInputProps('resourceScopeIds')}
      />
    </DialogForm>
  );
}
