import { Box } from '@mantine/core';
import { IconBuilding } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { ItemOf } from '../../api/operations.ts';
import { AssignedList } from '../../components/assigned-list.tsx';
import { NameLink } from '../../components/link.tsx';
import { type Column, type ListView, pageSize } from '../../components/list-panel.tsx';
import { useConsole } from '../../console-context.tsx';
import { usePhrases } from '../../i18n/language.tsx';
import { useTimeFormat } from '../../i18n/time-format.ts';
import { idsOf, RoleBadges, RolesButton, RolesDialog } from './member-roles.tsx';
import {
  type MembershipHolder,
  membershipsQuery,
  newOrganizationChoices,
  useJoinOrganizations,
  useLeaveOrganization,
} from './memberships.queries.ts';
import type { Member } from './organizations.queries.ts';

type Props = { holder: MembershipHolder; name: string };
type Edited = { organizationId: string; member: Member };

/** The organizations of one user or machine-to-machine application, with the roles held in each. */
export function Memberships({ holder, name }: Props) {
  const { organizations: t, lists } = usePhrases();
  const { emptyUser, emptyApplication, ...texts } = t.memberships;
  const { api } = useConsole();
  const [view, setView] = useState<ListView>({});
  const [edited, setEdited] = useState<Edited | null>(null);
  const query = useQuery({ ...membershipsQuery(api, holder), select: (all) => partOf(all, view) });
  const join = useJoinOrganizations(holder);
  const leave = useLeaveOrganization(holder);
  const kind = 'userId' in holder ? 'User' : 'MachineToMachine';
  const id = 'userId' in holder ? holder.userId : holder.applicationId;
  return (
    <>
      <AssignedList
        query={query}
        view={view}
        onView={setView}
        nameOf={(organization) => organization.name}
        icon={<IconBuilding size={28} />}
        choices={newOrganizationChoices(api, holder)}
        onAdd={join.mutateAsync}
        onRemove={leave.mutateAsync}
        texts={{ ...texts, search: t.search, empty: kind === 'User' ? emptyUser : emptyApplication }}
        rowTools={(organization) => (
          <RolesButton
            label={t.rolesIn({ name: organization.name })}
            member={{ id, name, kind, roleIds: idsOf(organization.organizationRoles) }}
            onEdit={(member) => setEdited({ organizationId: organization.id, member })}
          />
        )}
        columns={[
          {
            header: lists.name,
            cell: (organization) => (
              <>
                <NameLink
                  to="/organizations/$organizationId/$tab"
                  params={{ organizationId: organization.id, tab: 'members' }}
                >
                  {organization.name}
                </NameLink>
                <Box hiddenFrom="sm">
                  <RoleBadges roles={organization.organizationRoles} />
                </Box>
              </>
            ),
          },
          { header: t.roles, from: 'sm', cell: ({ organizationRoles }) => <RoleBadges roles={organizationRoles} /> },
          ...useTimes(kind === 'User'),
        ]}
      />
      <RolesDialog
        organizationId={edited?.organizationId ?? ''}
        member={edited?.member ?? null}
        onClose={() => setEdited(null)}
      />
    </>
  );
}

type Membership = ItemOf<'GET /api/applications/:id/organizations'>;

/** The whole list is here, so looking through it asks nothing of the server. */
function partOf(all: Membership[], { page = 1, search }: ListView) {
  const wanted = search?.toLowerCase() ?? '';
  const found = all.filter(({ name, slug, description, id }) =>
    [name, slug, description, id].some((text) => text?.toLowerCase().includes(wanted)),
  );
  return { items: found.slice((page - 1) * pageSize, page * pageSize), total: found.length };
}

function useTimes(withActivity: boolean): Column<Membership>[] {
  const { organizations: t } = usePhrases();
  const date = useTimeFormat('day');
  const joined: Column<Membership> = {
    header: t.joined,
    from: 'lg',
    whole: true,
    cell: ({ joinedAt }) => date.format(joinedAt),
  };
  if (!withActivity) return [joined];
  return [
    joined,
    {
      header: t.lastActive,
      from: 'md',
      whole: true,
      cell: ({ lastActiveAt }) => (lastActiveAt === null ? t.neverActive : date.format(lastActiveAt)),
    },
  ];
}
