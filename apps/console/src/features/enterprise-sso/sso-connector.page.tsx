import { Button, Group, Text } from '@mantine/core';
import { IconExternalLink } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { BackLink } from '../../components/back-link.tsx';
import { CopyableId } from '../../components/copyable-id.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { PageTabs } from '../../components/page-tabs.tsx';
import { useConsole } from '../../console-context.tsx';
import { usePhrases } from '../../i18n/language.tsx';
import { HistoryButton } from '../audit-logs/history-button.tsx';
import { CompletenessBadge, isComplete } from './completeness.tsx';
import { ConnectionTab } from './connection-tab.tsx';
import { type SsoConnector, ssoConnectorQuery } from './enterprise-sso.queries.ts';
import { ExperienceTab } from './experience-tab.tsx';

const route = getRouteApi('/signed-in/enterprise-sso/$connectorId/$tab');
const tabs = ['connection', 'experience'] as const;

/** One connector: how its provider is reached, and how people meet it. */
export function SsoConnectorPage() {
  const { connectorId } = route.useParams();
  const { api } = useConsole();
  const query = useQuery(ssoConnectorQuery(api, connectorId));
  return <Loaded query={query}>{(connector) => <Details key={connector.id} connector={connector} />}</Loaded>;
}

function Details({ connector }: { connector: SsoConnector }) {
  const { enterpriseSso: t, lists } = usePhrases();
  const { tab } = route.useParams();
  const navigate = route.useNavigate();
  const { id, connectorName, name } = connector;
  return (
    <>
      <PageHeader
        above={<BackLink to="/enterprise-sso">{t.title}</BackLink>}
        title={connectorName}
        part={t.tabs[tab]}
        description={
          <Group component="span" gap="sm">
            <Text component="span">{name}</Text>
            <CompletenessBadge connector={connector} />
            <CopyableId id={id} of={connectorName} />
          </Group>
        }
        actions={
          <>
            <HistoryButton of={{ targetType: 'SsoConnector', targetId: id }} name={connectorName} />
            <TestSignIn connector={connector} />
          </>
        }
      />
      <PageTabs
        label={lists.parts({ name: connectorName })}
        value={tab}
        tabs={tabs.map((value) => ({ value, label: t.tabs[value] }))}
        onChange={(next) => navigate({ params: { connectorId: id, tab: next } })}
      >
        {tab === 'connection' && <ConnectionTab connector={connector} />}
        {tab === 'experience' && <ExperienceTab connector={connector} />}
      </PageTabs>
    </>
  );
}

/** Opens the demo app, which begins a sign-in that leads straight to the provider. */
function TestSignIn({ connector }: { connector: SsoConnector }) {
  const { enterpriseSso: t } = usePhrases();
  const { config } = useConsole();
  if (!isComplete(connector)) return null;
  const query = new URLSearchParams({ direct_sign_in: `sso:${connector.id}` });
  return (
    <Button
      component="a"
      href={`${config.tenantEndpoint}/demo-app?${query}`}
      target="_blank"
      rel="noreferrer"
      variant="default"
      rightSection={<IconExternalLink size={16} aria-hidden />}
    >
      {t.test}
    </Button>
  );
}
