import { ActionIcon, Badge, Checkbox, Group, Stack, Text, Tooltip } from '@mantine/core';
import { IconUserShield } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Dialog, DialogForm } from '../../components/dialog.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { notifyDone } from '../../components/notify.ts';
import { useConsole } from '../../console-context.tsx';
import { usePhrases } from '../../i18n/language.tsx';
import { type Member, organizationRolesQuery, useSetMemberRoles } from './organizations.queries.ts';

type Roles = { id: string; name: string }[];

export const idsOf = (roles: Roles) => roles.map(({ id }) => id);

/** The names of some of an organization's roles. */
export function RoleNames({ organizationId, ids }: { organizationId: string; ids: string[] }) {
  const { api } = useConsole();
  const { data = [] } = useQuery(organizationRolesQuery(api, organizationId));
  return ids.map((id) => data.find((role) => role.id === id)?.name ?? id).join(', ');
}

/** The roles of one member. */
export function RoleBadges({ roles }: { roles: Roles }) {
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

type ButtonProps = { member: Member; label?: string; onEdit: (member: Member) => void };

/** Opens the roles of one member. */
export function RolesButton({ member, label, onEdit }: ButtonProps) {
  const { organizations: t } = usePhrases();
  const said = label ?? t.rolesOf({ name: member.name });
  return (
    <Tooltip label={said} withArrow>
      <ActionIcon variant="subtle" color="gray" aria-label={said} onClick={() => onEdit(member)}>
        <IconUserShield size={18} aria-hidden />
      </ActionIcon>
    </Tooltip>
  );
}

type DialogProps = { organizationId: string; member: Member | null; onClose: () => void };

/** Gives and takes the roles of one member of an organization. */
export function RolesDialog({ organizationId, member, onClose }: DialogProps) {
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
