import '@mantine/charts/styles.layer.css';
import { AreaChart, BarChart } from '@mantine/charts';
import { Box, Group, SimpleGrid, Stack, Table, Text, TextInput, Tooltip } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { FailureAlert } from '../../components/failure-alert.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { PageLoading } from '../../components/page-loading.tsx';
import { Section } from '../../components/section.tsx';
import { useConsole } from '../../console-context.tsx';
import { useLanguage, usePhrases } from '../../i18n/language.tsx';
import { type DashboardFigures, dashboardQuery } from './dashboard.queries.ts';

const today = () => new Date().toISOString().slice(0, 10);
const CHART_HEIGHT = 260;

/** Users and sign-ins of 30 days. */
export function DashboardPage() {
  const { dashboard: t } = usePhrases();
  const { api } = useConsole();
  const [date, setDate] = useState(today);
  const { data, error, refetch } = useQuery(dashboardQuery(api, date));

  return (
    <>
      <PageHeader
        title={t.title}
        description={t.lead}
        actions={
          <TextInput
            type="date"
            aria-label={t.until}
            value={date}
            max={today()}
            onChange={(event) => event.currentTarget.value && setDate(event.currentTarget.value)}
          />
        }
      />
      {error && <FailureAlert error={error} onRetry={() => refetch()} />}
      {!error && !data && <PageLoading />}
      {data && (
        <Stack gap="lg">
          <Figures figures={data} />
          <Charts figures={data} />
          <SimpleGrid cols={{ base: 1, md: 2 }}>
            <Methods figures={data} />
            <Errors figures={data} />
          </SimpleGrid>
          <Storage figures={data} />
        </Stack>
      )}
    </>
  );
}

function Figures({ figures: { total, fresh, active } }: { figures: DashboardFigures }) {
  const { dashboard: t } = usePhrases();
  return (
    <SimpleGrid cols={{ base: 2, sm: 3 }}>
      <Figure label={t.total} hint={t.totalHint} count={total.totalUserCount} />
      <Figure label={t.newToday} hint={t.newTodayHint} {...fresh.today} />
      <Figure label={t.newWeek} hint={t.newWeekHint} {...fresh.last7Days} />
      <Figure label={t.day} hint={t.dayHint} {...active.dau} />
      <Figure label={t.week} hint={t.weekHint} {...active.wau} />
      <Figure label={t.month} hint={t.monthHint} {...active.mau} />
    </SimpleGrid>
  );
}

function Figure({ label, hint, count, delta }: { label: string; hint: string; count: number; delta?: number }) {
  const { language } = useLanguage();
  const number = new Intl.NumberFormat(language);
  const signed = new Intl.NumberFormat(language, { signDisplay: 'always' });
  return (
    <Tooltip
      label={hint}
      multiline
      maw={280}
      withArrow
      // Beside the figure that it explains, and so in the page's main part.
      withinPortal={false}
      events={{ hover: true, focus: true, touch: true }}
    >
      <Box className="surface" p="md" tabIndex={0}>
        <Text size="sm" className="quiet">
          {label}
        </Text>
        <Group gap="xs" align="baseline">
          <Text fz={28} fw={650}>
            {number.format(count)}
          </Text>
          {delta !== undefined && (
            <Text size="sm" className="quiet">
              {delta === 0 ? '±0' : signed.format(delta)}
            </Text>
          )}
        </Group>
      </Box>
    </Tooltip>
  );
}

function Charts({ figures: { curves } }: { figures: DashboardFigures }) {
  const { dashboard: t } = usePhrases();
  const { language } = useLanguage();
  const day = new Intl.DateTimeFormat(language, { month: 'short', day: 'numeric', timeZone: 'UTC' });
  const data = curves.map((point) => ({ ...point, date: day.format(new Date(point.date)) }));
  const common = { h: CHART_HEIGHT, data, dataKey: 'date', withLegend: true, yAxisProps: { allowDecimals: false } };
  return (
    <SimpleGrid cols={{ base: 1, md: 2 }}>
      <Section title={t.usersCurve} description={t.usersCurveHint}>
        <AreaChart
          {...common}
          curveType="monotone"
          series={[
            { name: 'activeUsers', label: t.activeUsers, color: 'indigo.6' },
            { name: 'newUsers', label: t.newUsers, color: 'teal.6' },
          ]}
        />
      </Section>
      <Section title={t.signInsCurve} description={t.signInsCurveHint}>
        <BarChart
          {...common}
          type="stacked"
          series={[
            { name: 'signIns', label: t.signIns, color: 'teal.6' },
            { name: 'failedSignIns', label: t.failedSignIns, color: 'red.6' },
          ]}
        />
      </Section>
    </SimpleGrid>
  );
}

function Methods({ figures: { signIns } }: { figures: DashboardFigures }) {
  const { dashboard: t } = usePhrases();
  return (
    <Section title={t.methods} description={t.methodsHint}>
      {signIns.byMethod.length === 0 ? (
        <Text className="quiet">{t.nothing}</Text>
      ) : (
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t.method}</Table.Th>
              <Table.Th>{t.succeeded}</Table.Th>
              <Table.Th>{t.failed}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {signIns.byMethod.map(({ method, success, error }) => (
              <Table.Tr key={method}>
                <Table.Td>{method}</Table.Td>
                <Table.Td>{success}</Table.Td>
                <Table.Td>{error}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
    </Section>
  );
}

function Errors({ figures: { signIns } }: { figures: DashboardFigures }) {
  const { dashboard: t } = usePhrases();
  return (
    <Section title={t.errors} description={t.errorsHint}>
      {signIns.topErrors.length === 0 ? (
        <Text className="quiet">{t.nothing}</Text>
      ) : (
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t.error}</Table.Th>
              <Table.Th>{t.count}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {signIns.topErrors.map(({ error, count }) => (
              <Table.Tr key={error}>
                <Table.Td className="mono" style={{ overflowWrap: 'anywhere' }}>
                  {error}
                </Table.Td>
                <Table.Td>{count}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
    </Section>
  );
}

const MEGABYTE = 1_000_000;

function Storage({ figures: { storage } }: { figures: DashboardFigures }) {
  const { dashboard: t } = usePhrases();
  const { language } = useLanguage();
  const megabytes = new Intl.NumberFormat(language, {
    style: 'unit',
    unit: 'megabyte',
    maximumFractionDigits: 1,
    signDisplay: 'exceptZero',
  });
  return (
    <Section title={t.storage} description={t.storageHint}>
      <Group gap="xl">
        {storage.growth.map(({ days, bytes }) => (
          <Box key={days}>
            <Text size="sm" className="quiet">
              {t.inDays({ days })}
            </Text>
            <Text fw={600}>{megabytes.format(bytes / MEGABYTE)}</Text>
          </Box>
        ))}
      </Group>
    </Section>
  );
}
