import { IconApps, IconUsers } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { AssignedList } from '../../components/assigned-list.tsx';
import { CopyableId } from '../../components/copyable-id.tsx';
import { NameLink } from '../../components/link.tsx';
import type { ListView } from '../../components/list-panel.tsx';
import { UserCell } from '../../components/user-cell.tsx';
import { userName } from '../../components/user-name.ts';
import { useConsole } from '../../console-context.tsx';
import { usePhrases } from '../../i18n/language.tsx';
import {
  roleApplicationChoices,
  roleApplicationsQuery,
  roleUserChoices,
  roleUsersQuery,
  useAddRoleApplications,
  useAddRoleUsers,
  useRemoveRoleApplication,
  useRemoveRoleUser,
} from './roles.queries.ts';

/** The users who hold the role. */
export function RoleUsersTab({ roleId }: { roleId: string }) {
  const { roles, users, lists } = usePhrases();
  const { api } = useConsole();
  const [view, setView] = useState<ListView>({});
  const query = useQuery(roleUsersQuery(api, roleId, view));
  const add = useAddRoleUsers(roleId);
  const remove = useRemoveRoleUser(roleId);
  return (
    <AssignedList
      query={query}
      view={view}
      onView={setView}
      nameOf={userName}
      icon={<IconUsers size={28} />}
      choices={roleUserChoices(api, roleId)}
      onAdd={add.mutateAsync}
      onRemove={remove.mutateAsync}
      texts={roles.users}
      columns={[
        { header: users.user, cell: (user) => <UserCell user={user} /> },
        { header: lists.id, from: 'md', whole: true, cell: (user) => <CopyableId id={user.id} of={userName(user)} /> },
      ]}
    />
  );
}

/** The machine-to-machine applications that hold the role. */
export function RoleApplicationsTab({ roleId }: { roleId: string }) {
  const { roles, lists } = usePhrases();
  const { api } = useConsole();
  const [view, setView] = useState<ListView>({});
  const query = useQuery(roleApplicationsQuery(api, roleId, view));
  const add = useAddRoleApplications(roleId);
  const remove = useRemoveRoleApplication(roleId);
  return (
    <AssignedList
      query={query}
      view={view}
      onView={setView}
      nameOf={({ name }) => name}
      icon={<IconApps size={28} />}
      choices={roleApplicationChoices(api, roleId)}
      onAdd={add.mutateAsync}
      onRemove={remove.mutateAsync}
      texts={roles.applications}
      columns={[
        {
          header: lists.name,
          cell: ({ id, name }) => (
            <NameLink to="/applications/$applicationId/$tab" params={{ applicationId: id, tab: 'settings' }}>
              {name}
            </NameLink>
          ),
        },
        { header: lists.id, from: 'sm', whole: true, cell: ({ id, name }) => <CopyableId id={id} of={name} /> },
      ]}
    />
  );
}
