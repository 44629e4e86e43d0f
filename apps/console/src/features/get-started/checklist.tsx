import { Anchor, Box, Group, Progress as ProgressBar, Skeleton, Stack, Text, Title } from '@mantine/core';
import { IconCircle, IconCircleCheckFilled } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { FailureAlert } from '../../components/failure-alert.tsx';
import { TextLink } from '../../components/link.tsx';
import { useConsole } from '../../console-context.tsx';
import { usePhrases } from '../../i18n/language.tsx';
import { progressQuery } from './get-started.queries.ts';

/** The three steps to a first sign-in, checked off from what is really there. */
export function Checklist() {
  const { checklist: t } = usePhrases().applications.getStarted;
  const { api, config } = useConsole();
  const { data, error, refetch } = useQuery(progressQuery(api));
  const done = data ? Object.values(data).filter(Boolean).length : 0;

  return (
    <Box component="section" className="surface" p={{ base: 'md', sm: 'lg' }} aria-labelledby="checklist-title">
      <Group justify="space-between" mb="md">
        <Title order={2} size="h4" id="checklist-title">
          {t.title}
        </Title>
        {data && (
          <Group gap="sm" wrap="nowrap">
            <ProgressBar value={(done / 3) * 100} w={96} aria-hidden />
            <Text size="sm" className="quiet">
              {t.progress({ done, total: 3 })}
            </Text>
          </Group>
        )}
      </Group>
      {error && <FailureAlert error={error} onRetry={() => refetch()} />}
      {!error && !data && <Skeleton h={{ base: 253, sm: 192 }} />}
      {data && (
        <Stack component="ol" gap="md" m={0} p={0} style={{ listStyle: 'none' }}>
          <Step done={data.application} title={t.application} hint={t.applicationHint} />
          <Step
            done={data.connector}
            title={t.connector}
            hint={t.connectorHint}
            action={
              <TextLink to="/connectors/social" size="sm">
                {t.connectorAction}
              </TextLink>
            }
          />
          <Step
            done={data.signIn}
            title={t.signIn}
            hint={t.signInHint}
            action={
              <Anchor href={`${config.tenantEndpoint}/demo-app`} target="_blank" size="sm">
                {t.signInAction}
              </Anchor>
            }
          />
        </Stack>
      )}
    </Box>
  );
}

type StepProps = { done: boolean; title: string; hint: string; action?: ReactNode };

function Step({ done, title, hint, action }: StepProps) {
  const { checklist: t } = usePhrases().applications.getStarted;
  const Icon = done ? IconCircleCheckFilled : IconCircle;
  return (
    <Group component="li" wrap="nowrap" align="flex-start" gap="sm">
      <Icon
        size={22}
        role="img"
        aria-label={done ? t.done : t.open}
        color={done ? 'var(--mantine-primary-color-filled)' : 'var(--console-quiet)'}
        style={{ flex: 'none' }}
      />
      <Box>
        <Text fw={600}>{title}</Text>
        <Text size="sm" className="quiet">
          {hint}
        </Text>
        {!done && action}
      </Box>
    </Group>
  );
}
