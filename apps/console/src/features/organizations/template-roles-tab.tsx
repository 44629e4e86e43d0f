import { Button, Group, MultiSelect, SegmentedControl, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { IconPlus, IconUserShield } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { ItemOf } from '../../api/operations.ts';
import { Dialog, DialogForm } from '../../components/dialog.tsx';
import { EditButton } from '../../components/edit-button.tsx';
import { FailureAlert } from '../../components/failure-alert.tsx';
import { ListPanel, type ListView } from '../../components/list-panel.tsx';
import { notifyDone } from '../../components/notify.ts';
import { RemoveButton } from '../../components/remove-button.tsx';
import { useConsole } from '../../console-context.tsx';
import { usePhrases } from '../../i18n/language.tsx';
import { grantableQuery, templateRolesQuery, useDeleteTemplateRole, useSaveTemplateRole } from './template.queries.ts';

type Role = ItemOf<'GET /api/organization-roles'>;

const types = ['User', 'MachineToMachine'] as const;

/** The roles that members of every organization can hold. */
export function TemplateRolesTab() {
  const { organizations, roles, lists, shell } = usePhrases();
  const { template: t } = organizations;
  const { api } = useConsole();
  const [view, setView] = useState<ListView>({});
  const [edited, setEdited] = useState<Role | 'new' | null>(null);
  const query = useQuery(templateRolesQuery(api, view));
  const remove = useDeleteTemplateRole();
  const close = () => setEdited(null);
  const create = (
    <Button leftSection={<IconPlus size={18} aria-hidden />} onClick={() => setEdited('new')}>
      {t.createRole}
    </Button>
  );
  return (
    <>
      <ListPanel
        query={query}
        view={view}
        onView={setView}
        rowKey={({ id }) => id}
        search={t.searchRoles}
        tools={create}
        empty={{
          icon: <IconUserShield size={28} />,
          title: t.rolesEmptyTitle,
          description: t.rolesEmpty,
          action: create,
        }}
        columns={[
          {
            header: lists.name,
            cell: ({ name, description }) => (
              <>
                <Text fw={600}>{name}</Text>
                <Text size="sm" className="quiet">
                  {description}
                </Text>
              </>
            ),
          },
          { header: t.type, from: 'sm', cell: ({ type }) => roles.types[type] },
          {
            header: t.permission,
            from: 'md',
            cell: ({ scopes, resourceScopes }) => (
              <span className="mono">{[...scopes, ...resourceScopes].map(({ name }) => name).join(', ')}</span>
            ),
          },
          {
            header: lists.actions,
            narrow: true,
            cell: (role) => (
              <Group gap={4} wrap="nowrap" justify="flex-end">
                <EditButton name={role.name} onClick={() => setEdited(role)} />
                <RemoveButton
                  label={lists.deleteOf({ name: role.name })}
                  title={lists.deleteTitle({ name: role.name })}
                  confirmLabel={shell.actions.delete}
                  done={lists.deleted({ name: role.name })}
                  onRemove={() => remove.mutateAsync(role.id)}
                >
                  {t.roleDeleteBody}
                </RemoveButton>
              </Group>
            ),
          },
        ]}
      />
      <Dialog opened={edited !== null} title={edited === 'new' ? t.createRole : t.editRole} size="lg" onClose={close}>
        <RoleForm role={edited === 'new' || edited === null ? undefined : edited} onClose={close} />
      </Dialog>
    </>
  );
}

const idsOf = (entries: { id: string }[] | undefined) => (entries ?? []).map(({ id }) => id);

function RoleForm({ role, onClose }: { role: Role | undefined; onClose: () => void }) {
  const { organizations, roles, lists, shell } = usePhrases();
  const { template: t } = organizations;
  const { api, config } = useConsole();
  const grantable = useQuery(grantableQuery(api));
  const save = useSaveTemplateRole(role?.id);
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
