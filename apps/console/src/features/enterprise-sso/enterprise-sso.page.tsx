import { Alert, Badge, Button, Group, Skeleton, Stack, Text } from '@mantine/core';
import { IconAlertTriangle, IconBuildingBank } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { AddButton } from '../../components/add-button.tsx';
import { FailureAlert } from '../../components/failure-alert.tsx';
import { NameLink } from '../../components/link.tsx';
import { ListPanel } from '../../components/list-panel.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { useConsole } from '../../console-context.tsx';
import { usePhrases } from '../../i18n/language.tsx';
import { ConnectorLogo } from '../connectors/connector-logo.tsx';
import { signInExperienceQuery, useUpdateSignInExperience } from '../sign-in-experience/sign-in-experience.queries.ts';
import { CompletenessBadge } from './completeness.tsx';
import { type SsoConnector, ssoConnectorsQuery } from './enterprise-sso.queries.ts';
import { ProviderGallery } from './provider-gallery.tsx';

const route = getRouteApi('/signed-in/enterprise-sso');

/** The connectors to identity providers of customers. */
export function EnterpriseSsoPage() {
  const { enterpriseSso: t, lists } = usePhrases();
  const { api } = useConsole();
  const { add = false, ...view } = route.useSearch();
  const navigate = route.useNavigate();
  const query = useQuery(ssoConnectorsQuery(api, view));
  const experience = useQuery(signInExperienceQuery(api));
  // Both are waited for, so that the warning does not push the list down.
  const isPending = query.isPending || experience.isPending;
  const setAdding = (adding: boolean) =>
    navigate({ search: { ...view, ...(adding && { add: true as const }) }, replace: !adding });
  const create = <AddButton onClick={() => setAdding(true)}>{t.create}</AddButton>;

  return (
    <>
      <PageHeader title={t.title} description={t.lead} actions={create} />
      <Stack gap="lg">
        {isPending && <Skeleton height={380} />}
        {(query.data?.total ?? 0) > 0 && experience.data?.singleSignOnEnabled === false && <SwitchedOff />}
        {!isPending && (
          <ListPanel
            query={query}
            view={view}
            onView={(search) => navigate({ search })}
            rowKey={({ id }) => id}
            empty={{
              icon: <IconBuildingBank size={28} stroke={1.6} />,
              title: t.emptyTitle,
              description: t.empty,
              action: create,
            }}
            columns={[
              { header: lists.name, cell: (connector) => <Name connector={connector} /> },
              { header: t.domains, from: 'sm', cell: ({ domains }) => <Named names={domains} none={t.noDomains} /> },
              { header: t.organizations, from: 'md', cell: (connector) => <Organizations connector={connector} /> },
              { header: t.status, cell: (connector) => <CompletenessBadge connector={connector} /> },
            ]}
          />
        )}
      </Stack>
      <ProviderGallery opened={add} onClose={() => setAdding(false)} />
    </>
  );
}

/** Says that the sign-in pages offer none of the connectors, and lets that be changed. */
function SwitchedOff() {
  const { enterpriseSso: t } = usePhrases();
  const update = useUpdateSignInExperience();
  return (
    <Alert color="yellow" icon={<IconAlertTriangle aria-hidden />}>
      <Stack gap="sm" align="flex-start">
        <Text fw={600}>{t.switchedOffTitle}</Text>
        <Text size="sm">{t.switchedOff}</Text>
        {update.error && <FailureAlert error={update.error} />}
        <Button
          size="xs"
          variant="default"
          loading={update.isPending}
          onClick={() => update.mutate({ singleSignOnEnabled: true })}
        >
          {t.switchOn}
        </Button>
      </Stack>
    </Alert>
  );
}

function Name({ connector }: { connector: SsoConnector }) {
  const { id, connectorName, name, providerLogo, providerLogoDark } = connector;
  return (
    <Group gap="sm" wrap="nowrap">
      <ConnectorLogo logo={providerLogo} logoDark={providerLogoDark} />
      <div>
        <NameLink to="/enterprise-sso/$connectorId/$tab" params={{ connectorId: id, tab: 'connection' }}>
          {connectorName}
        </NameLink>
        <Text size="sm" className="quiet">
          {name}
        </Text>
      </div>
    </Group>
  );
}

const SHOWN = 3;

/** The first of some names, and how many more there are. */
function Named({ names, count = names.length, none }: { names: string[]; count?: number; none: string }) {
  const { enterpriseSso: t } = usePhrases();
  if (names.length === 0) return <span className="quiet">{none}</span>;
  const shown = names.slice(0, SHOWN);
  return (
    <Group gap={6}>
      {shown.map((name) => (
        <Badge key={name} variant="light" color="gray" tt="none">
          {name}
        </Badge>
      ))}
      {count > shown.length && <span className="quiet">{t.more({ count: count - shown.length })}</span>}
    </Group>
  );
}

function Organizations({ connector: { organizations, organizationCount } }: { connector: SsoConnector }) {
  const { enterpriseSso: t } = usePhrases();
  return <Named names={organizations.map(({ name }) => name)} count={organizationCount} none={t.noOrganizations} />;
}
