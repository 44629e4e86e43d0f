import type { UserImport } from '@latchkey/server/contract';
import { Badge, Group, Progress, Stack, Text } from '@mantine/core';
import { useLanguage, usePhrases } from '../../i18n/language.tsx';
import { isOpen } from './user-imports.queries.ts';

const colors = { Waiting: 'gray', Running: 'blue', Completed: 'door', Failed: 'red', Cancelled: 'gray' } as const;
const FULL = 100;

/** How far one import is, and why it could not be read. */
export function ImportProgress({ job }: { job: UserImport }) {
  const { userImports: t } = usePhrases();
  const { language } = useLanguage();
  const { status, total, processed, failure, isDryRun, created, refused } = job;
  const figures = { created: created.toLocaleString(language), refused: refused.toLocaleString(language) };
  const share = total ? (processed / total) * FULL : 0;
  return (
    <Stack gap={4}>
      <Group gap="xs">
        <Badge variant="light" color={colors[status]} tt="none">
          {t.statuses[status]}
        </Badge>
        {isDryRun && (
          <Badge variant="outline" color="gray" tt="none">
            {t.dryRun}
          </Badge>
        )}
      </Group>
      {isOpen(job) && <Progress value={share} maw={240} animated aria-label={t.progress} />}
      {total !== null && (
        <Text size="sm" className="quiet">
          {t.rows({ processed: processed.toLocaleString(language), total: total.toLocaleString(language) })}
        </Text>
      )}
      {failure && <Text size="sm">{failure}</Text>}
      <Text size="sm" className="quiet" hiddenFrom="sm">
        {isDryRun ? t.wouldBe(figures) : t.were(figures)}
      </Text>
    </Stack>
  );
}
