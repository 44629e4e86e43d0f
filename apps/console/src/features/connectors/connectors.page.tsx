import type { Connector } from '@latchkey/server/contract';
import { Badge, Button, Group, Skeleton, Stack, Table, Tabs, Text } from '@mantine/core';
import { IconPlugConnected, IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { EmptyState } from '../../components/empty-state.tsx';
import { FailureAlert } from '../../components/failure-alert.tsx';
import { TextLink } from '../../components/link.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { useConsole } from '../../console-context.tsx';
import { usePhrases } from '../../i18n/language.tsx';
import { signInExperienceQuery } from '../sign-in-experience/sign-in-experience.queries.ts';
import { ConnectorGallery } from './connector-gallery.tsx';
import { ConnectorLogo } from './connector-logo.tsx';
import { useConnectorName } from './connector-texts.ts';
import classes from './connectors.module.css';
import { useConnectors } from './connectors.queries.ts';

const route = '/signed-in/connectors/social';

/** The list of social connectors, and the gallery for adding one. */
export function ConnectorsPage() {
  const { connectors: t } = usePhrases();
  const { add = false } = useSearch({ from: route });
  const navigate = useNavigate();
  const setAdding = (adding: boolean) =>
    navigate({ to: '/connectors/social', search: adding ? { add: true } : {}, replace: !adding });

  return (
    <>
      <PageHeader
        title={t.title}
        description={t.lead}
        actions={
          <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setAdding(true)}>
            {t.list.add}
          </Button>
        }
      />
      <Tabs value="social">
        <Tabs.List aria-label={t.tabs.label} mb="lg">
          <Tabs.Tab value="social">{t.tabs.social}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="social">
          <SocialConnectors onAdd={() => setAdding(true)} />
        </Tabs.Panel>
      </Tabs>
      <ConnectorGallery opened={add} onClose={() => setAdding(false)} />
    </>
  );
}

function SocialConnectors({ onAdd }: { onAdd: () => void }) {
  const { connectors: t } = usePhrases();
  const connectors = useConnectors();

  if (connectors.isPending) return <ListLoading />;
  if (connectors.isError) return <FailureAlert error={connectors.error} onRetry={() => connectors.refetch()} />;
  if (connectors.data.length === 0) {
    return (
      <div className="surface">
        <EmptyState
          icon={<IconPlugConnected size={28} stroke={1.6} />}
          title={t.list.emptyTitle}
          description={t.list.emptyBody}
          action={
            <Button mt="sm" onClick={onAdd}>
              {t.list.add}
            </Button>
          }
        />
      </div>
    );
  }
  return <ConnectorTable connectors={connectors.data} />;
}

function ConnectorTable({ connectors }: { connectors: Connector[] }) {
  const { connectors: t } = usePhrases();
  const nameOf = useConnectorName();
  return (
    <Table.ScrollContainer minWidth={320} className="surface" type="native">
      <Table verticalSpacing="sm" horizontalSpacing="lg" aria-label={t.list.caption}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">{t.list.name}</Table.Th>
            <Table.Th scope="col" visibleFrom="sm">
              {t.list.target}
            </Table.Th>
            <Table.Th scope="col" visibleFrom="md">
              {t.list.id}
            </Table.Th>
            <Table.Th scope="col">{t.list.status}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {connectors.map((connector) => (
            <Table.Tr key={connector.id} className={classes.row}>
              <Table.Td>
                <Group gap="sm" wrap="nowrap">
                  <ConnectorLogo logo={connector.logo} logoDark={connector.logoDark} />
                  <TextLink
                    to="/connectors/social/$connectorId"
                    params={{ connectorId: connector.id }}
                    fw={600}
                    c="inherit"
                    underline="never"
                  >
                    {nameOf(connector)}
                  </TextLink>
                </Group>
              </Table.Td>
              <Table.Td visibleFrom="sm">
                <Group gap="xs" wrap="nowrap">
                  <Text component="span" className="mono quiet">
                    {connector.target}
                  </Text>
                  <KindBadge connector={connector} />
                </Group>
              </Table.Td>
              <Table.Td visibleFrom="md">
                <Text component="span" className="mono quiet">
                  {connector.id}
                </Text>
              </Table.Td>
              <Table.Td>
                <ConnectorStatus target={connector.target} />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

/** Marks connectors that are not what their name alone says: for mobile apps, or of a standard. */
function KindBadge({ connector }: { connector: Connector }) {
  const { fields: t } = usePhrases().connectors;
  const kind = connector.isStandard ? t.standardBadge : connector.platform === 'Native' ? t.nativeBadge : undefined;
  if (!kind) return null;
  return (
    <Badge size="sm" variant="light" color="gray" tt="none">
      {kind}
    </Badge>
  );
}

/** Whether the sign-in page has a button for the target; nothing until that is known. */
function ConnectorStatus({ target }: { target: string }) {
  const { list: t, details } = usePhrases().connectors;
  const { api } = useConsole();
  const { data } = useQuery(signInExperienceQuery(api));
  if (!data) return null;
  if (data.socialSignInConnectorTargets.includes(target))
    return (
      <Badge variant="light" color="door" tt="none">
        {t.inUse}
      </Badge>
    );
  return (
    <Stack gap={4} align="flex-start">
      <Badge variant="light" color="gray" tt="none">
        {t.notInUse}
      </Badge>
      {/* The step that a newcomer misses; who has taken it once knows the way. */}
      {data.socialSignInConnectorTargets.length === 0 && (
        <TextLink to="/sign-in-experience/$tab" params={{ tab: 'sign-up-and-sign-in' }} size="xs">
          {details.addToSignIn}
        </TextLink>
      )}
    </Stack>
  );
}

function ListLoading() {
  return (
    <Stack className="surface" p="lg" aria-busy="true">
      <Skeleton height={40} />
      <Skeleton height={40} />
      <Skeleton height={40} />
    </Stack>
  );
}
