import type { OneTimeTokenStatus } from '@latchkey/server/contract';
import { Badge, Button, NativeSelect, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconLink } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import type { ItemOf } from '../../api/operations.ts';
import { AddButton } from '../../components/add-button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { ListPanel } from '../../components/list-panel.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { RemoveButton } from '../../components/remove-button.tsx';
import { useConsole } from '../../console-context.tsx';
import { usePhrases } from '../../i18n/language.tsx';
import { useTimeFormat } from '../../i18n/time-format.ts';
import { CreateLink } from './create-link.tsx';
import { oneTimeTokensQuery, useDeleteOneTimeToken, useRevokeOneTimeToken } from './one-time-tokens.queries.ts';
import { linkStatuses } from './statuses.ts';

type Token = ItemOf<'GET /api/one-time-tokens'>;

const route = getRouteApi('/signed-in/one-time-tokens');
const colors = { active: 'door', consumed: 'gray', revoked: 'red', expired: 'gray' } as const;

/** Magic links: made for an address, good once, ended at any time. */
export function OneTimeTokensPage() {
  const { oneTimeTokens: t, lists } = usePhrases();
  const { api } = useConsole();
  const { status, ...view } = route.useSearch();
  const navigate = route.useNavigate();
  const query = useQuery(oneTimeTokensQuery(api, { ...view, status }));
  const [creating, { open, close }] = useDisclosure(false);
  const time = useTimeFormat('minute');
  const create = <AddButton onClick={open}>{t.create}</AddButton>;
  const filter = (next: OneTimeTokenStatus | undefined) => navigate({ search: { search: view.search, status: next } });
  const showAll = (
    <Button variant="default" onClick={() => filter(undefined)}>
      {t.showAll}
    </Button>
  );
  const empty =
    status === undefined
      ? { title: t.emptyTitle, description: t.empty, action: create }
      : { title: t.noneOfStatus, description: t.statusHints[status], action: showAll };

  return (
    <>
      <PageHeader title={t.title} description={t.lead} actions={create} />
      <ListPanel
        query={query}
        view={view}
        onView={(next) => navigate({ search: { ...next, status }, replace: next.page === view.page })}
        rowKey={({ id }) => id}
        search={t.search}
        tools={<StatusFilter status={status} onChange={filter} />}
        empty={{ icon: <IconLink size={28} />, ...empty }}
        columns={[
          { header: t.email, cell: (token) => <Recipient token={token} /> },
          {
            header: t.status,
            cell: (token) => (
              <Badge color={colors[token.status]} variant="light" tt="none">
                {t.statuses[token.status]}
              </Badge>
            ),
          },
          { header: t.created, from: 'md', whole: true, cell: ({ createdAt }) => time.format(createdAt) },
          { header: t.expires, from: 'sm', whole: true, cell: ({ expiresAt }) => time.format(expiresAt) },
          { header: lists.actions, narrow: true, cell: (token) => <Actions token={token} /> },
        ]}
      />
      <Dialog opened={creating} title={t.create} size="lg" onClose={close}>
        <CreateLink onClose={close} />
      </Dialog>
    </>
  );
}

type FilterProps = {
  status: OneTimeTokenStatus | undefined;
  onChange: (status: OneTimeTokenStatus | undefined) => void;
};

function StatusFilter({ status, onChange }: FilterProps) {
  const { oneTimeTokens: t } = usePhrases();
  return (
    <NativeSelect
      aria-label={t.status}
      value={status ?? ''}
      data={[{ value: '', label: t.anyStatus }, ...linkStatuses.map((value) => ({ value, label: t.statuses[value] }))]}
      onChange={({ currentTarget: { value } }) => onChange(linkStatuses.find((known) => known === value))}
    />
  );
}

/** Whom a link is for, and what it does beside signing them in. */
function Recipient({ token: { email, context } }: { token: Token }) {
  const { oneTimeTokens: t } = usePhrases();
  const joined = context.jitOrganizationIds?.length ?? 0;
  const purpose = context.interactionEvent && t.purposes[context.interactionEvent];
  const hints = [purpose, joined > 0 ? t.joins({ count: joined }) : undefined].filter((hint) => hint !== undefined);
  return (
    <>
      {email}
      {hints.length > 0 && (
        <Text size="sm" className="quiet">
          {hints.join(' · ')}
        </Text>
      )}
    </>
  );
}

function Actions({ token }: { token: Token }) {
  const { oneTimeTokens: t, lists, shell } = usePhrases();
  const revoke = useRevokeOneTimeToken();
  const remove = useDeleteOneTimeToken();
  const { id, email } = token;
  if (token.status === 'active') {
    return (
      <RemoveButton
        label={t.revokeOf({ email })}
        title={t.revokeTitle({ email })}
        done={t.revoked}
        confirmLabel={t.revoke}
        onRemove={() => revoke.mutateAsync(id)}
      >
        {t.revokeBody}
      </RemoveButton>
    );
  }
  return (
    <RemoveButton
      label={t.deleteOf({ email })}
      title={t.deleteTitle}
      done={lists.deleted({ name: email })}
      confirmLabel={shell.actions.delete}
      onRemove={() => remove.mutateAsync(id)}
    >
      {t.deleteBody}
    </RemoveButton>
  );
}
