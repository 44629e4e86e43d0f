import { Group, Text } from '@mantine/core';
import { IconUserShield } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { AddButton } from '../../components/add-button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { EditButton } from '../../components/edit-button.tsx';
import { TextLink } from '../../components/link.tsx';
import { type Column, ListPanel, type ListView } from '../../components/list-panel.tsx';
import { RemoveButton } from '../../components/remove-button.tsx';
import { useConsole } from '../../console-context.tsx';
import { usePhrases } from '../../i18n/language.tsx';
import { OrganizationRoleForm } from './organization-role-form.tsx';
import { type OrganizationRole, organizationRoleListQuery, useDeleteOrganizationRole } from './template.queries.ts';

/**
 * The roles that members of every organization can hold; with an organization also its own, and only these can be
 * changed there.
 */
export function OrganizationRoles({ organizationId }: { organizationId?: string }) {
  const { organizations, roles, lists } = usePhrases();
  const { template: t, ownRoles } = organizations;
  const { api } = useConsole();
  const [view, setView] = useState<ListView>({});
  const [edited, setEdited] = useState<OrganizationRole | 'new' | null>(null);
  const query = useQuery(organizationRoleListQuery(api, view, organizationId));
  const close = () => setEdited(null);
  const createLabel = organizationId === undefined ? t.createRole : ownRoles.create;
  const create = <AddButton onClick={() => setEdited('new')}>{createLabel}</AddButton>;
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
          description: organizationId === undefined ? t.rolesEmpty : ownRoles.empty,
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
          ...useOrigin(organizationId),
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
            cell: (role) =>
              (role.organizationId ?? undefined) === organizationId && (
                <RoleTools role={role} onEdit={() => setEdited(role)} />
              ),
          },
        ]}
      />
      <Dialog opened={edited !== null} title={edited === 'new' ? createLabel : t.editRole} size="lg" onClose={close}>
        <OrganizationRoleForm
          role={edited === 'new' || edited === null ? undefined : edited}
          organizationId={organizationId}
          onClose={close}
        />
      </Dialog>
    </>
  );
}

function RoleTools({ role, onEdit }: { role: OrganizationRole; onEdit: () => void }) {
  const { organizations, lists, shell } = usePhrases();
  const { name } = role;
  const remove = useDeleteOrganizationRole();
  return (
    <Group gap={4} wrap="nowrap" justify="flex-end">
      <EditButton name={name} onClick={onEdit} />
      <RemoveButton
        label={lists.deleteOf({ name })}
        title={lists.deleteTitle({ name })}
        confirmLabel={shell.actions.delete}
        done={lists.deleted({ name })}
        onRemove={() => remove.mutateAsync(role.id)}
      >
        {role.organizationId === null ? organizations.template.roleDeleteBody : organizations.ownRoles.deleteBody}
      </RemoveButton>
    </Group>
  );
}

/** Where a role is defined, which is a question in one organization only. */
function useOrigin(organizationId: string | undefined): Column<OrganizationRole>[] {
  const { organizations: t } = usePhrases();
  if (organizationId === undefined) return [];
  const template = (
    <TextLink to="/organization-template/$tab" params={{ tab: 'organization-roles' }} inherit>
      {t.ownRoles.ofTemplate}
    </TextLink>
  );
  return [
    {
      header: t.ownRoles.origin,
      cell: ({ organizationId: owner }) => (owner === null ? template : t.ownRoles.ofOrganization),
    },
  ];
}
