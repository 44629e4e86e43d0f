import type { Webhook } from '@latchkey/server/contract';
import { Text } from '@mantine/core';
import { useLanguage, usePhrases } from '../../i18n/language.tsx';

/** How many requests of the last day were accepted, and how fast. */
export function SuccessRate({ webhook: { executionStats: stats } }: { webhook: Webhook }) {
  const { webhooks: t } = usePhrases();
  const { language } = useLanguage();
  if (!stats || stats.requestCount === 0) return <Text className="quiet">{t.noRequests}</Text>;
  const share = new Intl.NumberFormat(language, { style: 'percent' }).format(stats.successCount / stats.requestCount);
  return (
    <>
      <Text>
        {share} ({stats.successCount}/{stats.requestCount})
      </Text>
      {stats.medianMs !== null && stats.p95Ms !== null && (
        <Text size="sm" className="quiet">
          {t.latency({ median: stats.medianMs, p95: stats.p95Ms })}
        </Text>
      )}
    </>
  );
}
