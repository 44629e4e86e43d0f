import type { Application } from '@latchkey/server/contract';
import { Badge, Box, Group, Pagination, Skeleton, Table, Text } from '@mantine/core';
import { IconApps, IconPlus, IconSearch } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { CopyButton } from '../../components/copy-button.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { FailureAlert } from '../../components/failure-alert.tsx';
import { LinkButton, TextLink } from '../../components/link.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { SearchField } from '../../components/search-field.tsx';
import { useConsole } from '../../console-context.tsx';
import { useLanguage, usePhrases } from '../../i18n/language.tsx';
import { ApplicationTypeIcon } from './application-type-icon.tsx';
import { applicationsPageSize, applicationsQuery } from './applications.queries.ts';

const route = getRouteApi('/signed-in/applications');

/** The list of applications, with search and paging in the address so that it can be shared and gone back to. */
export function ApplicationsPage() {
  const { applications: t, shell } = usePhrases();
  const { api } = useConsole();
  const { page = 1, search } = route.useSearch();
  const navigate = route.useNavigate();
  const { data, error, refetch, isPlaceholderData } = useQuery(applicationsQuery(api, page, search));
  const create = (
    <LinkButton to="/applications/create" leftSection={<IconPlus size={18} aria-hidden />}>
      {t.list.create}
    </LinkButton>
  );
  const pages = data ? Math.ceil(data.total / applicationsPageSize) : 0;

  return (
    <>
      <PageHeader title={t.list.title} description={t.list.lead} actions={create} />
      {data?.total === 0 && search === undefined ? (
        <Box className="surface">
          <EmptyState
            icon={<IconApps size={28} />}
            title={t.list.emptyTitle}
            description={t.list.empty}
            action={create}
          />
        </Box>
      ) : (
        <Box className="surface">
          <Box p="md">
            <SearchField
              label={t.list.search}
              search={search}
              onSearch={(next) => navigate({ search: { search: next }, replace: true })}
            />
          </Box>
          {error && (
            <Box p="md" pt={0}>
              <FailureAlert error={error} onRetry={() => refetch()} />
            </Box>
          )}
          {!error && <ApplicationsTable items={data?.items} stale={isPlaceholderData} />}
          {data?.total === 0 && search !== undefined && (
            <EmptyState
              icon={<IconSearch size={28} />}
              title={t.list.noMatchTitle}
              description={t.list.noMatch({ search })}
            />
          )}
          {data && data.total > 0 && (
            <Group justify="space-between" p="md">
              <Text size="sm" className="quiet" role="status">
                {shell.table.total({ count: data.total })}
              </Text>
              {pages > 1 && (
                <Pagination
                  total={pages}
                  value={page}
                  onChange={(next) => navigate({ search: { search, page: next === 1 ? undefined : next } })}
                  aria-label={shell.table.pages}
                  getItemProps={(item) => ({ 'aria-label': shell.table.page({ page: item }) })}
                  getControlProps={(control) => ({
                    'aria-label': control === 'next' ? shell.table.next : shell.table.previous,
                  })}
                />
              )}
            </Group>
          )}
        </Box>
      )}
    </>
  );
}

function ApplicationsTable({ items, stale }: { items: Application[] | undefined; stale: boolean }) {
  const { list: t } = usePhrases().applications;
  if (items?.length === 0) return null;
  return (
    <Box style={{ opacity: stale ? 0.6 : 1 }}>
      <Table verticalSpacing="sm" horizontalSpacing="md" aria-busy={items === undefined || stale}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t.name}</Table.Th>
            <Table.Th visibleFrom="sm">{t.type}</Table.Th>
            <Table.Th visibleFrom="sm">{t.appId}</Table.Th>
            <Table.Th visibleFrom="md">{t.created}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {items === undefined
            ? ['first', 'second', 'third', 'fourth'].map((row) => (
                <Table.Tr key={row}>
                  <Table.Td colSpan={4}>
                    <Skeleton height={36} />
                  </Table.Td>
                </Table.Tr>
              ))
            : items.map((application) => <ApplicationRow key={application.id} application={application} />)}
        </Table.Tbody>
      </Table>
    </Box>
  );
}

function ApplicationRow({ application }: { application: Application }) {
  const { applications: t } = usePhrases();
  const { language } = useLanguage();
  return (
    <Table.Tr>
      <Table.Td>
        <Group gap="sm" wrap="nowrap">
          <ApplicationTypeIcon type={application.type} />
          <Box miw={0}>
            <TextLink
              to="/applications/$applicationId/$tab"
              params={{ applicationId: application.id, tab: 'settings' }}
              fw={600}
              c="var(--mantine-color-text)"
            >
              {application.name}
            </TextLink>
            {application.isThirdParty && (
              <Badge ml="xs" variant="light" color="gray" tt="none">
                {t.thirdParty}
              </Badge>
            )}
            <Text size="sm" className="quiet" hiddenFrom="sm">
              {t.types[application.type]}
            </Text>
            {application.description && (
              <Text size="sm" className="quiet" lineClamp={1}>
                {application.description}
              </Text>
            )}
          </Box>
        </Group>
      </Table.Td>
      <Table.Td visibleFrom="sm">{t.types[application.type]}</Table.Td>
      <Table.Td visibleFrom="sm">
        <Group gap={2} wrap="nowrap">
          <span className="mono">{application.id}</span>
          <CopyButton value={application.id} label={`${t.list.appId}, ${application.name}`} />
        </Group>
      </Table.Td>
      <Table.Td visibleFrom="md" style={{ whiteSpace: 'nowrap' }}>
        {new Intl.DateTimeFormat(language, { dateStyle: 'medium' }).format(application.createdAt)}
      </Table.Td>
    </Table.Tr>
  );
}
