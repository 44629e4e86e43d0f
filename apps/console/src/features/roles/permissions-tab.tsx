import type { Role } from '@latchkey/server/contract';
import { IconKey } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { AssignedList } from '../../components/assigned-list.tsx';
import { TextLink } from '../../components/link.tsx';
import type { ListView } from '../../components/list-panel.tsx';
import { useConsole } from '../../console-context.tsx';
import { usePhrases } from '../../i18n/language.tsx';
import { scopeChoices } from '../resources/resources.queries.ts';
import { roleScopeIds, roleScopesQuery, useAddRoleScopes, useRemoveRoleScope } from './roles.queries.ts';

/** What the role allows, with the API of each permission. */
export function RolePermissionsTab({ role }: { role: Role }) {
  const { roles, lists } = usePhrases();
  const { permissions: t } = roles;
  const { api } = useConsole();
  const [view, setView] = useState<ListView>({});
  const query = useQuery(roleScopesQuery(api, role.id, view));
  const add = useAddRoleScopes(role.id);
  const remove = useRemoveRoleScope(role.id);
  return (
    <AssignedList
      query={query}
      view={view}
      onView={setView}
      nameOf={({ name }) => name}
      icon={<IconKey size={28} />}
      choices={scopeChoices(api, ['roles', 'scopes', role.id, 'choices'], (signal) =>
        roleScopeIds(api, role.id, signal),
      )}
      onAdd={add.mutateAsync}
      onRemove={remove.mutateAsync}
      texts={t}
      columns={[
        { header: t.name, cell: ({ name }) => <span className="mono">{name}</span> },
        { header: lists.description, from: 'md', cell: ({ description }) => description },
        {
          header: t.resource,
          from: 'sm',
          cell: ({ resource }) => (
            <TextLink to="/api-resources/$resourceId/$tab" params={{ resourceId: resource.id, tab: 'permissions' }}>
              {resource.name}
            </TextLink>
          ),
        },
      ]}
    />
  );
}
