import type { Connector, ConnectorFactory } from '@latchkey/server/contract';
import { Badge, Group, Modal, SimpleGrid, Skeleton, Stack, Text } from '@mantine/core';
import { FailureAlert } from '../../components/failure-alert.tsx';
import { CardLink } from '../../components/link.tsx';
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

  if (factories.isPending) return <Skeleton height={88} />;
  if (factories.isError) return <FailureAlert error={factories.error} onRetry={() => factories.refetch()} />;
  if (factories.data.length === 0) return <Text size="sm">{t.empty}</Text>;
  return (
    <SimpleGrid component="ul" cols={{ base: 1, xs: 2 }} spacing="sm" p={0} m={0} style={{ listStyle: 'none' }}>
      {factories.data.map((factory) => (
        <li key={factory.id}>
          <FactoryCard
            factory={factory}
            existing={connectors.data?.find(({ connectorId }) => connectorId === factory.id)}
          />
        </li>
      ))}
    </SimpleGrid>
  );
}

/** Leads to creating a connector, or to the one there is: each of these factories makes one only. */
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
