import { MultiSelect, NativeSelect, Switch, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQuery } from '@tanstack/react-query';
import { DialogForm } from '../../components/dialog.tsx';
import { FailureAlert } from '../../components/failure-alert.tsx';
import { notifyDone } from '../../components/notify.ts';
import { useConsole } from '../../console-context.tsx';
import { usePhrases } from '../../i18n/language.tsx';
import { useInvite } from './invitations.queries.ts';
import { organizationRolesQuery } from './organizations.queries.ts';

const DAY_MS = 86_400_000;
const lifetimes = [1, 7, 30];

/** Asks whom to invite, as what and for how long. */
export function InvitationForm({ organizationId, onClose }: { organizationId: string; onClose: () => void }) {
  const { organizations, users } = usePhrases();
  const { invitations: t } = organizations;
  const { api } = useConsole();
  const roles = useQuery(organizationRolesQuery(api, organizationId));
  const invite = useInvite();
  const form = useForm({
    initialValues: { invitee: '', organizationRoleIds: [] as string[], days: '7', byEmail: true },
    validate: { invitee: (text) => (/^\S+@\S+\.\S+$/.test(text.trim()) ? null : users.emailInvalid) },
  });
  const submit = form.onSubmit(({ invitee, organizationRoleIds, days, byEmail }) =>
    invite.mutate(
      {
        organizationId,
        invitee: invitee.trim(),
        organizationRoleIds,
        expiresAt: Date.now() + Number(days) * DAY_MS,
        messagePayload: byEmail ? {} : false,
      },
      {
        onSuccess: () => {
          notifyDone(byEmail ? t.sent({ invitee: invitee.trim() }) : t.made);
          onClose();
        },
      },
    ),
  );
  const choices = (roles.data ?? []).filter(({ type }) => type === 'User');
  return (
    <DialogForm
      submitLabel={t.invite}
      pending={invite.isPending}
      error={invite.error}
      onSubmit={submit}
      onCancel={onClose}
    >
      <TextInput
        label={t.invitee}
        type="email"
        required
        maxLength={128}
        data-autofocus
        {...form.getInputProps('invitee')}
      />
      <MultiSelect
        label={organizations.roles}
        description={t.rolesHint}
        data={choices.map(({ id, name }) => ({ value: id, label: name }))}
        {...form.getInputProps('organizationRoleIds')}
      />
      {roles.error && <FailureAlert error={roles.error} onRetry={() => roles.refetch()} />}
      <NativeSelect
        label={t.lifetime}
        data={lifetimes.map((days) => ({ value: String(days), label: t.days({ days }) }))}
        {...form.getInputProps('days')}
      />
      <Switch
        label={t.byEmail}
        description={form.values.byEmail ? t.byEmailHint : t.withoutEmailHint}
        {...form.getInputProps('byEmail', { type: 'checkbox' })}
      />
    </DialogForm>
  );
}
