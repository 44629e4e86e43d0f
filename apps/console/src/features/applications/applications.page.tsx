import type { Application } from '@latchkey/server/contract';
import { Badge, Box, Group, Text } from '@mantine/core';
import { IconApps, IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { CopyableId } from '../../components/copyable-id.tsx';
import { LinkButton, NameLink } from '../../components/link.tsx';
import { ListPanel } from '../../components/list-panel.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { useConsole } from '../../console-context.tsx';
import { usePhrases } from '../../i18n/language.tsx';
import { useTimeFormat } from '../../i18n/time-format.ts';
import { ApplicationTypeIcon } from './application-type-icon.tsx';
import { applicationsQuery } from './applications.queries.ts';

const route = getRouteApi('/signed-in/applications');

/** The list of applications. */
export function ApplicationsPage() {
  const { applications: t } = usePhrases();
  const { api } = useConsole();
  const view = route.useSearch();
  const navigate = route.useNavigate();
  const query = useQuery(applicationsQuery(api, view));
  const date = useTimeFormat('day');
  const create = (
    <LinkButton to="/applications/create" leftSection={<IconPlus size={18} aria-hidden />}>
      {t.list.create}
    </LinkButton>
  );

  return (
    <>
      <PageHeader title={t.list.title} description={t.list.lead} actions={create} />
      <ListPanel
        query={query}
        view={view}
        onView={(search) => navigate({ search, replace: search.page === view.page })}
        rowKey={({ id }) => id}
        search={t.list.search}
        empty={{ icon: <IconApps size={28} />, title: t.list.emptyTitle, description: t.list.empty, action: create }}
        columns={[
          { header: t.list.name, cell: (application) => <NameCell application={application} /> },
          { header: t.list.type, from: 'sm', cell: ({ type }) => t.types[type] },
          { header: t.list.appId, from: 'sm', whole: true, cell: ({ id, name }) => <CopyableId id={id} of={name} /> },
          { header: t.list.created, from: 'md', whole: true, cell: ({ createdAt }) => date.format(createdAt) },
        ]}
      />
    </>
  );
}

function NameCell({ application: { id, name, type, description, isThirdParty } }: { application: Application }) {
  const { applications: t } = usePhrases();
  return (
    <Group gap="sm" wrap="nowrap">
      <ApplicationTypeIcon type={type} />
      <Box miw={0}>
        <NameLink to="/applications/$applicationId/$tab" params={{ applicationId: id, tab: 'settings' }}>
          {name}
        </NameLink>
        {isThirdParty && (
          <Badge ml="xs" variant="light" color="gray" tt="none">
            {t.thirdParty}
          </Badge>
        )}
        <Text size="sm" className="quiet" hiddenFrom="sm">
          {t.types[type]}
        </Text>
        {description && (
          <Text size="sm" className="quiet" lineClamp={1}>
            {description}
          </Text>
        )}
      </Box>
    </Group>
  );
}
