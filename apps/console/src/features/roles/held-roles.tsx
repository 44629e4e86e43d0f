import { IconUserShield } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { AssignedList } from '../../components/assigned-list.tsx';
import { NameLink } from '../../components/link.tsx';
import type { ListView } from '../../components/list-panel.tsx';
import { useConsole } from '../../console-context.tsx';
import { usePhrases } from '../../i18n/language.tsx';
import {
  type Holder,
  heldRolesQuery,
  newRoleChoices,
  useAddHeldRoles,
  useRemoveHeldRole,
} from './held-roles.queries.ts';

/** The roles of one user or application, to give and to take. */
export function HeldRoles({ holder }: { holder: Holder }) {
  const { roles, lists } = usePhrases();
  const { emptyUser, emptyApplication, ...texts } = roles.held;
  const { api } = useConsole();
  const [view, setView] = useState<ListView>({});
  const query = useQuery(heldRolesQuery(api, holder, view));
  const add = useAddHeldRoles(holder);
  const remove = useRemoveHeldRole(holder);
  return (
    <AssignedList
      query={query}
      view={view}
      onView={setView}
      nameOf={({ name }) => name}
      icon={<IconUserShield size={28} />}
      choices={newRoleChoices(api, holder)}
      onAdd={add.mutateAsync}
      onRemove={remove.mutateAsync}
      texts={{ ...texts, search: roles.search, empty: 'userId' in holder ? emptyUser : emptyApplication }}
      columns={[
        {
          header: lists.name,
          cell: ({ id, name }) => (
            <NameLink to="/roles/$roleId/$tab" params={{ roleId: id, tab: 'permissions' }}>
              {name}
            </NameLink>
          ),
        },
        { header: lists.description, from: 'sm', cell: ({ description }) => description },
      ]}
    />
  );
}
