import { Alert, Badge, Button, Group, Stack, Switch, Text } from '@mantine/core';
import { IconAlertTriangle, IconInfoCircle, IconRefresh } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { BackLink } from '../../components/back-link.tsx';
import { CopyableValue } from '../../components/copyable-value.tsx';
import { DeleteSection } from '../../components/delete-section.tsx';
import { FailureAlert } from '../../components/failure-alert.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { notifyDone } from '../../components/notify.ts';
import { PageHeader } from '../../components/page-header.tsx';
import { Section } from '../../components/section.tsx';
import { useConsole } from '../../console-context.tsx';
import { usePhrases } from '../../i18n/language.tsx';
import { useTimeFormat } from '../../i18n/time-format.ts';
import { HistoryButton } from '../audit-logs/history-button.tsx';
import { addressAt, DomainStatus, isProven, stateOf } from './domain-status.tsx';
import { type Domain, domainQuery, useDeleteDomain, useSetPrimary, useVerifyDomain } from './domains.queries.ts';
import { FilesSection } from './files-section.tsx';

const route = getRouteApi('/signed-in/domains/$domainId');

/** One domain: what its DNS has to say, and what is served there. */
export function DomainPage() {
  const { domainId } = route.useParams();
  const { api } = useConsole();
  const query = useQuery(domainQuery(api, domainId));
  return <Loaded query={query}>{(domain) => <Details key={domain.id} domain={domain} />}</Loaded>;
}

function Details({ domain }: { domain: Domain }) {
  const { domains: t } = usePhrases();
  const navigate = useNavigate();
  const remove = useDeleteDomain(domain.id);
  return (
    <>
      <PageHeader
        above={<BackLink to="/domains">{t.title}</BackLink>}
        title={domain.domain}
        description={
          <Group component="span" gap="sm" aria-live="polite">
            <DomainStatus domain={domain} />
            {domain.isPrimary && <Badge variant="light">{t.primary}</Badge>}
          </Group>
        }
        actions={<HistoryButton of={{ targetType: 'Domain', targetId: domain.id }} name={domain.domain} />}
      />
      <Stack gap="lg">
        <StatusNote domain={domain} />
        <RecordsSection domain={domain} />
        {isProven(domain) && <AddressSection domain={domain} />}
        <FilesSection domainId={domain.id} />
        <DeleteSection
          title={t.deleteSection}
          hint={t.deleteHint}
          name={domain.domain}
          onDelete={() => remove.mutateAsync(undefined)}
          onDeleted={() => navigate({ to: '/domains', ignoreBlocker: true })}
        />
      </Stack>
    </>
  );
}

function StatusNote({ domain }: { domain: Domain }) {
  const { domains: t } = usePhrases();
  const time = useTimeFormat('minute');
  const { failingSince, servesUntil, errorMessage } = domain;
  const state = stateOf(domain);
  if (state === 'Active') return null;
  if (state === 'Failing' || servesUntil !== null) {
    return (
      <Alert color="orange" icon={<IconAlertTriangle aria-hidden />}>
        <Text size="sm">
          {t.failing({ since: time.format(failingSince ?? 0), until: time.format(servesUntil ?? 0) })}
        </Text>
      </Alert>
    );
  }
  const failed = state === 'Error';
  return (
    <Alert
      color={failed ? 'red' : 'blue'}
      icon={failed ? <IconAlertTriangle aria-hidden /> : <IconInfoCircle aria-hidden />}
    >
      <Text size="sm">{t.whatItMeans[state]}</Text>
      {errorMessage && (
        <Text size="sm" mt="xs" lang="en">
          {errorMessage}
        </Text>
      )}
    </Alert>
  );
}

/** The two records, each with what is known of it: the server looks for the proof alone. */
function RecordsSection({ domain }: { domain: Domain }) {
  const { domains: t } = usePhrases();
  const verify = useVerifyDomain(domain.id);
  const look = () =>
    verify.mutate(undefined, {
      onSuccess: (seen) => notifyDone(isProven(seen) && seen.servesUntil === null ? t.found : t.notFoundYet),
    });
  const time = useTimeFormat('minute');
  const { checkedAt, servesUntil } = domain;
  const states = { TXT: isProven(domain) && servesUntil === null, CNAME: domain.status === 'Active' };
  return (
    <Section
      title={t.records}
      description={t.recordsHint}
      actions={
        <Button
          variant="default"
          size="xs"
          leftSection={<IconRefresh size={16} aria-hidden />}
          loading={verify.isPending}
          onClick={look}
        >
          {t.checkAgain}
        </Button>
      }
    >
      {verify.error && <FailureAlert error={verify.error} />}
      {checkedAt !== null && (
        <Text size="sm" className="quiet">
          {t.checked({ time: time.format(checkedAt) })}
        </Text>
      )}
      {domain.dnsRecords.map(({ type, name, value }) => (
        <Stack key={type} gap="xs">
          <Group gap="xs">
            <Text fw={600}>{type}</Text>
            <Badge variant="light" color={states[type] ? 'door' : 'gray'} tt="none">
              {states[type] ? t.recordStates[type].there : t.recordStates[type].missing}
            </Badge>
          </Group>
          <Text size="sm" className="quiet">
            {t.why[type]}
          </Text>
          <CopyableValue label={t.recordName({ type })} value={name} />
          <CopyableValue label={t.recordValue({ type })} value={value} />
        </Stack>
      ))}
    </Section>
  );
}

/** The domain as an address of the tenant: its issuer, and whether links lead here. */
function AddressSection({ domain }: { domain: Domain }) {
  const { domains: t } = usePhrases();
  const { config } = useConsole();
  const setPrimary = useSetPrimary(domain.id);
  const address = addressAt(domain.domain, config.tenantEndpoint);
  return (
    <Section title={t.address} description={t.addressHint}>
      <CopyableValue label={t.endpoint} value={address} />
      <CopyableValue label={t.issuer} value={`${address}/oidc`} />
      <Switch
        label={t.makePrimary}
        description={t.makePrimaryHint({ address: config.tenantEndpoint })}
        checked={domain.isPrimary}
        disabled={setPrimary.isPending || (domain.status !== 'Active' && !domain.isPrimary)}
        onChange={({ currentTarget }) => setPrimary.mutate(currentTarget.checked)}
      />
      {setPrimary.error && <FailureAlert error={setPrimary.error} />}
    </Section>
  );
}
