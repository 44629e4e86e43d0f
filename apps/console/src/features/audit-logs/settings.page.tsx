import { Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { BackLink } from '../../components/back-link.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { useConsole } from '../../console-context.tsx';
import { usePhrases } from '../../i18n/language.tsx';
import { RetentionSection } from './retention-section.tsx';
import { retentionQuery, streamsQuery } from './settings.queries.ts';
import { HttpStreamSection, SyslogStreamSection } from './stream-sections.tsx';

/** How long entries of the trail are kept, and where they are sent. */
export function AuditLogSettingsPage() {
  const { auditLogs: t } = usePhrases();
  const { api } = useConsole();
  const retention = useQuery(retentionQuery(api));
  const streams = useQuery(streamsQuery(api));
  return (
    <>
      <PageHeader
        above={<BackLink to="/audit-logs">{t.title}</BackLink>}
        title={t.settings.pageTitle}
        description={t.settings.lead}
      />
      <Stack gap="lg">
        <Loaded query={retention} height={{ base: 385, sm: 220 }}>
          {(settings) => <RetentionSection settings={settings} />}
        </Loaded>
        <Loaded query={streams} height={{ base: 1340, sm: 990 }}>
          {(list) => (
            <>
              <SyslogStreamSection stream={list.find((stream) => stream.type === 'syslog')} />
              <HttpStreamSection stream={list.find((stream) => stream.type === 'http')} />
            </>
          )}
        </Loaded>
      </Stack>
    </>
  );
}
