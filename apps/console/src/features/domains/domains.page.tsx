import { Badge, Box, Group, Skeleton, Stack, Table, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useDisclosure } from '@mantine/hooks';
import { IconWorld } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { ApiError } from '../../api/api-error.ts';
import { AddButton } from '../../components/add-button.tsx';
import { Dialog, DialogForm } from '../../components/dialog.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { FailureAlert } from '../../components/failure-alert.tsx';
import { NameLink } from '../../components/link.tsx';
import { Pages } from '../../components/list-panel.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { Section } from '../../components/section.tsx';
import { useConsole } from '../../console-context.tsx';
import { usePhrases } from '../../i18n/language.tsx';
import { useTimeFormat } from '../../i18n/time-format.ts';
import { Actor } from '../audit-logs/actor.tsx';
import { HistoryButton } from '../audit-logs/history-button.tsx';
import { DomainStatus } from './domain-status.tsx';
import { type Domain, domainsQuery, removedDomainsQuery, useCreateDomain } from './domains.queries.ts';

/** The tenant's domains, and which of its addresses links lead to. */
export function DomainsPage() {
  const { domains: t } = usePhrases();
  const { api, config } = useConsole();
  const { data, error, refetch } = useQuery(domainsQuery(api));
  const [adding, { open, close }] = useDisclosure(false);
  const add = <AddButton onClick={open}>{t.add}</AddButton>;
  const primary = data?.find(({ isPrimary, status }) => isPrimary && status === 'Active');
  return (
    <>
      <PageHeader title={t.title} description={t.lead} actions={add} />
      {error && <FailureAlert error={error} onRetry={() => refetch()} />}
      <Box className="surface" mb="lg">
        {!error && !data && <Skeleton height={120} m="md" />}
        {data?.length === 0 && (
          <EmptyState
            icon={<IconWorld size={28} stroke={1.6} />}
            title={t.emptyTitle}
            description={t.empty({ address: config.tenantEndpoint })}
            action={add}
          />
        )}
        {data && data.length > 0 && <DomainsTable domains={data} />}
      </Box>
      <Stack gap="lg">
        {data && data.length > 0 && (
          <Section
            title={t.links}
            description={
              primary ? t.linksLeadTo({ address: primary.domain }) : t.linksLeadTo({ address: config.tenantEndpoint })
            }
          />
        )}
        <RemovedDomains />
      </Stack>
      <Dialog opened={adding} title={t.add} onClose={close}>
        <AddForm onClose={close} />
      </Dialog>
    </>
  );
}

function DomainsTable({ domains }: { domains: Domain[] }) {
  const { domains: t } = usePhrases();
  const day = useTimeFormat('day');
  return (
    <Table verticalSpacing="sm" horizontalSpacing="md">
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t.domain}</Table.Th>
          <Table.Th visibleFrom="sm">{t.status}</Table.Th>
          <Table.Th visibleFrom="sm">{t.added}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {domains.map((domain) => (
          <Table.Tr key={domain.id}>
            <Table.Td style={{ overflowWrap: 'anywhere' }}>
              <Group gap="xs">
                <NameLink to="/domains/$domainId" params={{ domainId: domain.id }}>
                  {domain.domain}
                </NameLink>
                {domain.isPrimary && <Badge variant="light">{t.primary}</Badge>}
                <Box hiddenFrom="sm">
                  <DomainStatus domain={domain} />
                </Box>
              </Group>
              {domain.errorMessage && (
                <Text size="sm" c="red">
                  {t.lost}
                </Text>
              )}
            </Table.Td>
            <Table.Td visibleFrom="sm">
              <DomainStatus domain={domain} />
            </Table.Td>
            <Table.Td visibleFrom="sm">{day.format(domain.createdAt)}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

/** Domains that are the tenant's no more: their past is still told. */
function RemovedDomains() {
  const { auditLogs, domains: t } = usePhrases();
  const { api } = useConsole();
  const [page, setPage] = useState(1);
  const { data } = useQuery(removedDomainsQuery(api, page));
  const time = useTimeFormat('minute');
  if (!data || data.total === 0) return null;
  return (
    <Section title={t.removed} description={t.removedHint}>
      <Table verticalSpacing="sm">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t.domain}</Table.Th>
            <Table.Th visibleFrom="sm">{t.removedBy}</Table.Th>
            <Table.Th ta="end">{auditLogs.history.title}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {data.items.map((entry) => {
            const { id: targetId } = entry.payload.target as { id: string };
            const { domain, applicationId } = (entry.payload.before ?? {}) as Record<string, unknown>;
            // Hosts of protected applications are theirs to show.
            if (typeof applicationId === 'string') return null;
            const name = String(domain ?? targetId);
            return (
              <Table.Tr key={entry.id}>
                <Table.Td style={{ overflowWrap: 'anywhere' }}>
                  {name}
                  <Text size="sm" className="quiet">
                    {time.format(entry.createdAt)}
                  </Text>
                </Table.Td>
                <Table.Td visibleFrom="sm" style={{ overflowWrap: 'anywhere' }}>
                  <Actor log={entry} />
                </Table.Td>
                <Table.Td ta="end">
                  <HistoryButton of={{ targetType: 'Domain', targetId }} name={name} />
                </Table.Td>
              </Table.Tr>
            );
          })}
        </Table.Tbody>
      </Table>
      <Pages total={data.total} page={page} onPage={(next) => setPage(next ?? 1)} />
    </Section>
  );
}

function AddForm({ onClose }: { onClose: () => void }) {
  const { domains: t, shell } = usePhrases();
  const navigate = useNavigate();
  const create = useCreateDomain();
  const form = useForm({
    initialValues: { domain: '' },
    validate: { domain: (value) => (value.trim() === '' ? shell.form.required : null) },
  });
  const submit = form.onSubmit(({ domain }) =>
    create.mutate(domain.trim(), {
      onSuccess: ({ id }) => navigate({ to: '/domains/$domainId', params: { domainId: id } }),
      // What is wrong with a name is said at the name.
      onError: (error) =>
        error instanceof ApiError && error.status === 422 && form.setFieldError('domain', error.message),
    }),
  );
  const isShownAtField = create.error instanceof ApiError && create.error.status === 422;
  return (
    <DialogForm
      submitLabel={shell.actions.add}
      pending={create.isPending}
      error={isShownAtField ? null : create.error}
      onSubmit={submit}
      onCancel={onClose}
    >
      <TextInput
        label={t.domain}
        description={t.domainHint}
        placeholder="id.example.com"
        required
        maxLength={256}
        data-autofocus
        autoComplete="off"
        spellCheck={false}
        {...form.getInputProps('domain')}
      />
    </DialogForm>
  );
}
