import type { Connector, ConnectorFactory } from '@latchkey/server/contract';
import { Badge, Button, Group, Modal, SimpleGrid, Skeleton, Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { FailureAlert } from '../../components/failure-alert.tsx';
import { CardLink } from '../../components/link.tsx';
import { SearchField } from '../../components/search-field.tsx';
import { useLanguage, usePhrases } from '../../i18n/language.tsx';
import { ConnectorLogo } from './connector-logo.tsx';
import { inLanguage, useConnectorName } from './connector-texts.ts';
import { useConnectorFactories, useConnectors } from './connectors.queries.ts';

type Props = { opened: boolean; onClose: () => void };

/** Shows the services that can be connected. */
export function ConnectorGallery({ opened, onClose }: Props) {
  const { connectors: t, shell } = usePhrases();
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t.gallery.title}
      size="lg"
      closeButtonProps={{ 'aria-label': shell.actions.close }}
    >
      <Text size="sm" className="quiet" mb="md">
        {t.gallery.lead}
      </Text>
      <Factories />
    </Modal>
  );
}

function Factories() {
  const { gallery: t } = usePhrases().connectors;
  const factories = useConnectorFactories();
  const connectors = useConnectors();
  const [search, setSearch] = useState<string>();
  // The field keeps what is typed to itself, so a new one is shown when it is to be empty again.
  const [attempt, setAttempt] = useState(0);
  const clear = () => {
    setSearch(undefined);
    setAttempt((current) => current + 1);
  };

  if (factories.isPending) return <Skeleton height={88} />;
  if (factories.isError) return <FailureAlert error={factories.error} onRetry={() => factories.refetch()} />;
  if (factories.data.length === 0) return <Text size="sm">{t.empty}</Text>;

  const wanted = search?.toLowerCase() ?? '';
  // By the name in any language, and by what accounts are linked under: "azuread" finds Microsoft.
  const found = factories.data.filter(({ name, target }) =>
    [...Object.values(name), target].some((text) => text.toLowerCase().includes(wanted)),
  );
  return (
    <Stack gap="lg">
      <Group>
        <SearchField key={attempt} label={t.search} search={search} onSearch={setSearch} />
      </Group>
      {found.length === 0 && (
        <Stack align="flex-start" gap="sm">
          <Text size="sm">{t.nothing({ text: search ?? '' })}</Text>
          <Button variant="default" size="xs" onClick={clear}>
            {t.clear}
          </Button>
        </Stack>
      )}
      {groups.map((group) => (
        <FactoryGroup
          key={group}
          title={t[group]}
          factories={found.filter((factory) => groupOf(factory) === group)}
          connectors={connectors.data ?? []}
        />
      ))}
    </Stack>
  );
}

const groups = ['services', 'standards', 'native'] as const;

function groupOf({ isStandard, platform }: ConnectorFactory): (typeof groups)[number] {
  if (isStandard) return 'standards';
  return platform === 'Native' ? 'native' : 'services';
}

type GroupProps = { title: string; factories: ConnectorFactory[]; connectors: Connector[] };

function FactoryGroup({ title, factories, connectors }: GroupProps) {
  if (factories.length === 0) return null;
  return (
    <Stack component="section" gap="sm" aria-label={title}>
      <Title order={3} size="h5">
        {title}
      </Title>
      <SimpleGrid component="ul" cols={{ base: 1, xs: 2 }} spacing="sm" p={0} m={0} style={{ listStyle: 'none' }}>
        {factories.map((factory) => (
          <li key={factory.id}>
            <FactoryCard
              factory={factory}
              existing={
                factory.isStandard ? undefined : connectors.find(({ connectorId }) => connectorId === factory.id)
              }
            />
          </li>
        ))}
      </SimpleGrid>
    </Stack>
  );
}

/** Leads to creating a connector, or to the one there is: a service that people know is connected once. */
function FactoryCard({ factory, existing }: { factory: ConnectorFactory; existing?: Connector }) {
  const { gallery: t } = usePhrases().connectors;
  const { language } = useLanguage();
  const nameOf = useConnectorName();
  const content = (
    <Group wrap="nowrap" align="flex-start" gap="sm">
      <ConnectorLogo logo={factory.logo} logoDark={factory.logoDark} />
      <Stack gap={2} miw={0}>
        <Group gap="xs">
          <Text fw={600}>{nameOf(factory)}</Text>
          {existing && (
            <Badge size="sm" variant="light" color="gray" tt="none">
              {t.added}
            </Badge>
          )}
        </Group>
        <Text size="sm" className="quiet">
          {inLanguage(factory.description, language)}
        </Text>
      </Stack>
    </Group>
  );

  return existing ? (
    <CardLink
      to="/connectors/social/$connectorId"
      params={{ connectorId: existing.id }}
      className="surface card-button"
    >
      {content}
    </CardLink>
  ) : (
    <CardLink
      to="/connectors/social/create/$factoryId"
      params={{ factoryId: factory.id }}
      className="surface card-button"
    >
      {content}
    </CardLink>
  );
}
