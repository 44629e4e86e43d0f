import { Badge, Box, Button, Group } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconMailForward, IconMailPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ConfirmButton } from '../../components/confirm-button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { ListPanel, type ListView } from '../../components/list-panel.tsx';
import { RemoveButton } from '../../components/remove-button.tsx';
import { useConsole } from '../../console-context.tsx';
import { usePhrases } from '../../i18n/language.tsx';
import { useTimeFormat } from '../../i18n/time-format.ts';
import { InvitationForm } from './invitation-form.tsx';
import {
  type Invitation,
  invitationsQuery,
  useDeleteInvitation,
  useRevokeInvitation,
  useSendInvitation,
} from './invitations.queries.ts';
import { RoleBadges } from './member-roles.tsx';

const colors = { Pending: 'blue', Accepted: 'door', Expired: 'gray', Revoked: 'red' } as const;

/** Who was invited to the organization, and what became of it. */
export function InvitationsTab({ organizationId }: { organizationId: string }) {
  const { organizations, lists } = usePhrases();
  const { invitations: t } = organizations;
  const { api } = useConsole();
  const time = useTimeFormat('minute');
  const [view, setView] = useState<ListView>({});
  const [inviting, { open, close }] = useDisclosure(false);
  const query = useQuery(invitationsQuery(api, organizationId, view));
  const invite = (
    <Button leftSection={<IconMailPlus size={18} aria-hidden />} onClick={open}>
      {t.invite}
    </Button>
  );
  return (
    <>
      <ListPanel
        query={query}
        view={view}
        onView={setView}
        rowKey={({ id }) => id}
        search={t.search}
        tools={invite}
        empty={{ icon: <IconMailForward size={28} />, title: t.emptyTitle, description: t.empty, action: invite }}
        columns={[
          {
            header: t.invitee,
            cell: ({ invitee, status }) => (
              <>
                {invitee}
                <Box hiddenFrom="sm">
                  <StatusBadge status={status} />
                </Box>
              </>
            ),
          },
          { header: t.status, from: 'sm', cell: ({ status }) => <StatusBadge status={status} /> },
          {
            header: organizations.roles,
            from: 'md',
            cell: ({ organizationRoles }) => <RoleBadges roles={organizationRoles} />,
          },
          { header: t.expires, from: 'lg', whole: true, cell: ({ expiresAt }) => time.format(expiresAt) },
          { header: lists.actions, narrow: true, cell: (invitation) => <Actions invitation={invitation} /> },
        ]}
      />
      <Dialog opened={inviting} title={t.invite} onClose={close}>
        <InvitationForm organizationId={organizationId} onClose={close} />
      </Dialog>
    </>
  );
}

function StatusBadge({ status }: Pick<Invitation, 'status'>) {
  const { statuses } = usePhrases().organizations.invitations;
  return (
    <Badge variant="light" color={colors[status]} tt="none">
      {statuses[status]}
    </Badge>
  );
}

/** A pending invitation is sent again or revoked; one that has ended can only be forgotten. */
function Actions({ invitation: { id, invitee, status } }: { invitation: Invitation }) {
  const { organizations, lists, shell } = usePhrases();
  const { invitations: t } = organizations;
  const send = useSendInvitation();
  const revoke = useRevokeInvitation();
  const remove = useDeleteInvitation();
  if (status !== 'Pending')
    return (
      <RemoveButton
        label={lists.deleteOf({ name: invitee })}
        title={t.deleteTitle}
        confirmLabel={shell.actions.delete}
        done={t.deleted}
        onRemove={() => remove.mutateAsync(id)}
      >
        {t.deleteBody}
      </RemoveButton>
    );
  return (
    <Group gap={4} wrap="nowrap" justify="flex-end">
      <ConfirmButton
        icon={<IconMailForward size={18} aria-hidden />}
        label={t.resendTo({ invitee })}
        title={t.resendTitle}
        confirmLabel={t.resend}
        done={t.sent({ invitee })}
        onConfirm={() => send.mutateAsync(id)}
      >
        {t.resendBody({ invitee })}
      </ConfirmButton>
      <RemoveButton
        label={t.revokeOf({ invitee })}
        title={t.revokeTitle}
        confirmLabel={t.revoke}
        done={t.revoked}
        onRemove={() => revoke.mutateAsync(id)}
      >
        {t.revokeBody({ invitee })}
      </RemoveButton>
    </Group>
  );
}
