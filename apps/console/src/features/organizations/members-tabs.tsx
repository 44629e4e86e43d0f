import { IconApps, IconUsers } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { AssignedList } from '../../components/assigned-list.tsx';
import { NameLink } from '../../components/link.tsx';
import type { ListView } from '../../components/list-panel.tsx';
import { UserCell } from '../../components/user-cell.tsx';
import { userName } from '../../components/user-name.ts';
import { useConsole } from '../../console-context.tsx';
import { usePhrases } from '../../i18n/language.tsx';
import { useTimeFormat } from '../../i18n/time-format.ts';
import { idsOf, RoleBadges, RolesButton, RolesDialog } from './member-roles.tsx';
import {
  type Member,
  memberApplicationsQuery,
  membersQuery,
  newApplicationChoices,
  newMemberChoices,
  useAddApplications,
  useAddMembers,
  useRemoveApplication,
  useRemoveMember,
} from './organizations.queries.ts';

/** The users who belong to the organization, with their roles in it. */
export function MembersTab({ organizationId }: { organizationId: string }) {
  const { organizations: t, users } = usePhrases();
  const { api } = useConsole();
  const date = useTimeFormat('day');
  const [view, setView] = useState<ListView>({});
  const [edited, setEdited] = useState<Member | null>(null);
  const query = useQuery(membersQuery(api, organizationId, view));
  const add = useAddMembers(organizationId);
  const remove = useRemoveMember(organizationId);
  return (
    <>
      <AssignedList
        query={query}
        view={view}
        onView={setView}
        nameOf={userName}
        icon={<IconUsers size={28} />}
        choices={newMemberChoices(api, organizationId)}
        onAdd={add.mutateAsync}
        onRemove={remove.mutateAsync}
        texts={t.users}
        rowTools={(user) => (
          <RolesButton
            member={{ id: user.id, name: userName(user), kind: 'User', roleIds: idsOf(user.organizationRoles) }}
            onEdit={setEdited}
          />
        )}
        columns={[
          { header: users.user, cell: (user) => <UserCell user={user} /> },
          { header: t.roles, from: 'sm', cell: ({ organizationRoles }) => <RoleBadges roles={organizationRoles} /> },
          { header: t.joined, from: 'lg', whole: true, cell: ({ joinedAt }) => date.format(joinedAt) },
          {
            header: t.lastActive,
            from: 'md',
            whole: true,
            cell: ({ lastActiveAt }) => (lastActiveAt === null ? t.neverActive : date.format(lastActiveAt)),
          },
        ]}
      />
      <RolesDialog organizationId={organizationId} member={edited} onClose={() => setEdited(null)} />
    </>
  );
}

/** The machine-to-machine applications that act for the organization. */
export function ApplicationsTab({ organizationId }: { organizationId: string }) {
  const { organizations: t, lists } = usePhrases();
  const { api } = useConsole();
  const [view, setView] = useState<ListView>({});
  const [edited, setEdited] = useState<Member | null>(null);
  const query = useQuery(memberApplicationsQuery(api, organizationId, view));
  const add = useAddApplications(organizationId);
  const remove = useRemoveApplication(organizationId);
  return (
    <>
      <AssignedList
        query={query}
        view={view}
        onView={setView}
        nameOf={({ name }) => name}
        icon={<IconApps size={28} />}
        choices={newApplicationChoices(api, organizationId)}
        onAdd={add.mutateAsync}
        onRemove={remove.mutateAsync}
        texts={t.applications}
        rowTools={({ id, name, organizationRoles }) => (
          <RolesButton
            member={{ id, name, kind: 'MachineToMachine', roleIds: idsOf(organizationRoles) }}
            onEdit={setEdited}
          />
        )}
        columns={[
          {
            header: lists.name,
            cell: ({ id, name }) => (
              <NameLink to="/applications/$applicationId/$tab" params={{ applicationId: id, tab: 'settings' }}>
                {name}
              </NameLink>
            ),
          },
          { header: t.roles, from: 'sm', cell: ({ organizationRoles }) => <RoleBadges roles={organizationRoles} /> },
        ]}
      />
      <RolesDialog organizationId={organizationId} member={edited} onClose={() => setEdited(null)} />
    </>
  );
}
