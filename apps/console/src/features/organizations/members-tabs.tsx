import { ActionIcon, Badge, Checkbox, Group, Stack, Text, Tooltip } from '@mantine/core';
import { IconApps, IconUserShield, IconUsers } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { AssignedList } from '../../components/assigned-list.tsx';
import { Dialog, DialogForm } from '../../components/dialog.tsx';
import { TextLink } from '../../components/link.tsx';
import type { ListView } from '../../components/list-panel.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { notifyDone } from '../../components/notify.ts';
import { UserCell } from '../../components/user-cell.tsx';
import { userName } from '../../components/user-name.ts';
import { useConsole } from '../../console-context.tsx';
import { useLanguage, usePhrases } from '../../i18n/language.tsx';
import {
  type Member,
  memberApplicationsQuery,
  membersQuery,
  newApplicationChoices,
  newMemberChoices,
  organizationRolesQuery,
  useAddApplications,
  useAddMembers,
  useRemoveApplication,
  useRemoveMember,
  useSetMemberRoles,
} from './organizations.queries.ts';

type Roles = { id: string; name: string }[];

/** The users who belong to the organization, with their roles in it. */
export function MembersTab({ organizationId }: { organizationId: string }) {
  const { organizations: t, users } = usePhrases();
  const { api } = useConsole();
  const { language } = useLanguage();
  const date = new Intl.DateTimeFormat(language, { dateStyle: 'medium' });
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
          { header: t.joined, from: 'lg', cell: ({ joinedAt }) => date.format(joinedAt) },
          {
            header: t.lastActive,
            from: 'md',
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
              <TextLink
                to="/applications/$applicationId"
                params={{ applicationId: id }}
                fw={600}
                c="var(--mantine-color-text)"
              >
                {name}
              </TextLink>
            ),
          },
          { header: t.roles, from: 'sm', cell: ({ organizationRoles }) => <RoleBadges roles={organizationRoles} /> },
        ]}
      />
      <RolesDialog organizationId={organizationId} member={edited} onClose={() => setEdited(null)} />
    </>
  );
}

const idsOf = (roles: Roles) => roles.map(({ id }) => id);

function RoleBadges({ roles }: { roles: Roles }) {
  return (
    <Group gap={4}>
      {roles.map(({ id, name }) => (
        <Badge key={id} variant="light" tt="none">
          {name}
        </Badge>
      ))}
    </Group>
  );
}

function RolesButton({ member, onEdit }: { member: Member; onEdit: (member: Member) => void }) {
  const { organizations: t } = usePhrases();
  const label = t.rolesOf({ name: member.name });
  return (
    <Tooltip label={label} withArrow>
      <ActionIcon variant="subtle" color="gray" aria-label={label} onClick={() => onEdit(member)}>
        <IconUserShield size={18} aria-hidden />
      </ActionIcon>
    </Tooltip>
  );
}

type DialogProps = { organizationId: string; member: Member | null; onClose: () => void };

function RolesDialog({ organizationId, member, onClose }: DialogProps) {
  const { organizations: t } = usePhrases();
  return (
    <Dialog opened={member !== null} title={t.rolesOf({ name: member?.name ?? '' })} onClose={onClose}>
      {member && <RolesForm organizationId={organizationId} member={member} onClose={onClose} />}
    </Dialog>
  );
}

function RolesForm({ organizationId, member, onClose }: DialogProps & { member: Member }) {
  const { organizations: t, shell } = usePhrases();
  const { api } = useConsole();
  const query = useQuery(organizationRolesQuery(api, organizationId));
  const save = useSetMemberRoles(organizationId, member);
  const [held, setHeld] = useState(member.roleIds);
  const done = () => {
    notifyDone(shell.form.saved);
    onClose();
  };
  return (
    <Loaded query={query}>
      {(all) => {
        const roles = all.filter(({ type }) => type === member.kind);
        return (
          <DialogForm
            submitLabel={shell.actions.save}
            pending={save.isPending}
            error={save.error}
            disabled={roles.length === 0}
            onSubmit={(event) => {
              event?.preventDefault();
              save.mutate(held, { onSuccess: done });
            }}
            onCancel={onClose}
          >
            {roles.length === 0 && <Text className="quiet">{t.noRoles}</Text>}
            <Checkbox.Group value={held} onChange={setHeld} aria-label={t.roles}>
              <Stack gap="xs">
                {roles.map(({ id, name, description }) => (
                  <Checkbox key={id} value={id} label={name} description={description} />
                ))}
              </Stack>
            </Checkbox.Group>
          </DialogForm>
        );
      }}
    </Loaded>
  );
}
