import type { DeliveryState, Webhook, WebhookDelivery } from '@latchkey/server/contract';
import { Badge, Button, SegmentedControl, Table, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { FailureAlert } from '../../components/failure-alert.tsx';
import { notifyDone } from '../../components/notify.ts';
import { PageNumbers } from '../../components/page-numbers.tsx';
import { Section } from '../../components/section.tsx';
import { Time } from '../../components/time.tsx';
import { useConsole } from '../../console-context.tsx';
import { usePhrases } from '../../i18n/language.tsx';
import { SuccessRate } from './success-rate.tsx';
import { deliveriesQuery, requestsQuery, useResend } from './webhooks.queries.ts';

const PAGE_SIZE = 10;
const deliveryStates = ['pending', 'delivered', 'dead'] as const satisfies DeliveryState[];

function Pages({ total, page, onChange }: { total: number; page: number; onChange: (page: number) => void }) {
  if (total <= PAGE_SIZE) return null;
  return <PageNumbers total={Math.ceil(total / PAGE_SIZE)} value={page} onChange={onChange} />;
}

/** What waits, what arrived, and what was given up and can be sent again. */
export function DeliveriesSection({ webhook }: { webhook: Webhook }) {
  const { webhooks: t } = usePhrases();
  const { api } = useConsole();
  const [state, setState] = useState<DeliveryState>('dead');
  const [page, setPage] = useState(1);
  const { data, error, refetch } = useQuery(deliveriesQuery(api, webhook.id, state, page));
  const resend = useResend(webhook.id);
  const send = (id?: string) => resend.mutate(id, { onSuccess: () => notifyDone(t.resent) });
  const actions: ReactNode =
    state === 'dead' && data && data.total > 0 ? (
      <Button variant="default" size="xs" loading={resend.isPending} onClick={() => send()}>
        {t.sendAllAgain}
      </Button>
    ) : undefined;
  return (
    <Section title={t.deliveries} description={t.deliveriesHint} actions={actions}>
      <SegmentedControl
        aria-label={t.deliveries}
        value={state}
        onChange={(next) => {
          setState(next as DeliveryState);
          setPage(1);
        }}
        data={deliveryStates.map((value) => ({ value, label: t.states[value] }))}
      />
      {error && <FailureAlert error={error} onRetry={() => refetch()} />}
      {resend.error && <FailureAlert error={resend.error} />}
      {data?.items.length === 0 && <Text className="quiet">{t.noDeliveries}</Text>}
      {data && data.items.length > 0 && <DeliveriesTable deliveries={data.items} onResend={send} />}
      <Pages total={data?.total ?? 0} page={page} onChange={setPage} />
    </Section>
  );
}

function DeliveriesTable({ deliveries, onResend }: { deliveries: WebhookDelivery[]; onResend: (id: string) => void }) {
  const { webhooks: t, auditLogs } = usePhrases();
  return (
    <Table.ScrollContainer minWidth={520} type="native" tabIndex={0} role="group" aria-label={t.deliveries}>
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{auditLogs.event}</Table.Th>
            <Table.Th>{t.attempts}</Table.Th>
            <Table.Th>{t.lastError}</Table.Th>
            <Table.Th>{auditLogs.time}</Table.Th>
            <Table.Th>{t.sendAgain}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {deliveries.map((delivery) => (
            <Table.Tr key={delivery.id}>
              <Table.Td>{delivery.event}</Table.Td>
              <Table.Td>{delivery.attempts}</Table.Td>
              <Table.Td>{delivery.lastStatus ?? delivery.lastError}</Table.Td>
              <Table.Td>
                <Time at={delivery.createdAt} precision="second" />
              </Table.Td>
              <Table.Td>
                {delivery.state !== 'pending' && (
                  <Button variant="subtle" size="compact-sm" onClick={() => onResend(delivery.id)}>
                    {t.sendAgain}
                  </Button>
                )}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

/** Each try of the last days, with its outcome and how long it took. */
export function RequestsSection({ webhook }: { webhook: Webhook }) {
  const { webhooks: t, auditLogs } = usePhrases();
  const { api } = useConsole();
  const [page, setPage] = useState(1);
  const { data, error, refetch } = useQuery(requestsQuery(api, webhook.id, page));
  return (
    <Section title={t.recent} description={t.recentHint}>
      <SuccessRate webhook={webhook} />
      {error && <FailureAlert error={error} onRetry={() => refetch()} />}
      {data && data.items.length > 0 && (
        <Table.ScrollContainer minWidth={420} type="native" tabIndex={0} role="group" aria-label={t.recent}>
          <Table>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{auditLogs.event}</Table.Th>
                <Table.Th>{t.status}</Table.Th>
                <Table.Th>{t.duration}</Table.Th>
                <Table.Th>{auditLogs.time}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {data.items.map(({ id, key, payload, createdAt }) => (
                <Table.Tr key={id}>
                  <Table.Td>{key.replace('TriggerHook.', '')}</Table.Td>
                  <Table.Td>
                    <Badge color={payload.result === 'Success' ? 'door' : 'red'} variant="light">
                      {String(payload.params?.status ?? auditLogs.results[payload.result])}
                    </Badge>
                  </Table.Td>
                  <Table.Td>{String(payload.params?.durationMs)} ms</Table.Td>
                  <Table.Td>
                    <Time at={createdAt} precision="second" />
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
      <Pages total={data?.total ?? 0} page={page} onChange={setPage} />
    </Section>
  );
}
