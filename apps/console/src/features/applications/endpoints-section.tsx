import type { Application } from '@latchkey/server/contract';
import { Button, Collapse, SimpleGrid } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { CopyableValue } from '../../components/copyable-value.tsx';
import { FailureAlert } from '../../components/failure-alert.tsx';
import { Section } from '../../components/section.tsx';
import { useConsole } from '../../console-context.tsx';
import { usePhrases } from '../../i18n/language.tsx';
import { discoveryPath, discoveryQuery } from './applications.queries.ts';

/** What the application must be configured with; addresses come from the tenant's own discovery document. */
export function EndpointsSection({ application }: { application: Application }) {
  const { endpoints: t } = usePhrases().applications.details;
  const { config } = useConsole();
  const [opened, { toggle }] = useDisclosure(false);
  const { data: discovery, error, refetch } = useQuery(discoveryQuery(config.tenantEndpoint));

  return (
    <Section title={t.title} description={t.hint}>
      <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="md">
        <CopyableValue label={t.appId} value={application.id} />
        <CopyableValue label={t.endpoint} value={config.tenantEndpoint} />
      </SimpleGrid>
      <Collapse expanded={opened} id="all-endpoints">
        {error && <FailureAlert error={error} onRetry={() => refetch()} />}
        {discovery && (
          <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="md">
            <CopyableValue label={t.issuer} value={discovery.issuer} />
            <CopyableValue label={t.discovery} value={`${config.tenantEndpoint}${discoveryPath}`} />
            <CopyableValue label={t.authorization} value={discovery.authorization_endpoint} />
            <CopyableValue label={t.token} value={discovery.token_endpoint} />
            <CopyableValue label={t.userinfo} value={discovery.userinfo_endpoint} />
            <CopyableValue label={t.jwks} value={discovery.jwks_uri} />
            <CopyableValue label={t.endSession} value={discovery.end_session_endpoint} />
          </SimpleGrid>
        )}
      </Collapse>
      <div>
        <Button
          variant="subtle"
          size="compact-sm"
          onClick={toggle}
          aria-expanded={opened}
          aria-controls="all-endpoints"
        >
          {opened ? t.less : t.more}
        </Button>
      </div>
    </Section>
  );
}
