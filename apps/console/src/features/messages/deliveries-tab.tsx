import type { MessageDelivery } from '@latchkey/server/contract';
import { Badge, Button, Group, NativeSelect, Skeleton, Stack, Table, Text, TextInput } from '@mantine/core';
import { useDebouncedValue, useDisclosure } from '@mantine/hooks';
import { IconSend } from '@tabler/icons-react';
import { useState } from 'react';
import { CopyableValue } from '../../components/copyable-value.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { FailureAlert } from '../../components/failure-alert.tsx';
import { PageNumbers } from '../../components/page-numbers.tsx';
import { useLanguage, usePhrases } from '../../i18n/language.tsx';
import { useTimeFormat } from '../../i18n/time-format.ts';
import classes from './messages.module.css';
import { pageSize, useDeliveries } from './messages.queries.ts';

/** What became of the messages that were handed to a provider. */
export function DeliveriesTab() {
  const { deliveries: t } = usePhrases().messages;
  const [page, setPage] = useState(1);
  const [recipient, setRecipient] = useState('');
  const [onlyFailed, setOnlyFailed] = useState(false);
  const [wanted] = useDebouncedValue(recipient.trim(), 300);
  const deliveries = useDeliveries(page, {
    ...(wanted && { recipient: wanted }),
    ...(onlyFailed && { status: 'Failed' as const }),
  });

  return (
    <Stack>
      <Group align="flex-end">
        <TextInput
          flex="1 1 16rem"
          maw="26rem"
          label={t.filter}
          value={recipient}
          onChange={(event) => {
            setRecipient(event.currentTarget.value);
            setPage(1);
          }}
        />
        <NativeSelect
          label={t.status}
          value={onlyFailed ? 'Failed' : ''}
          data={[
            { value: '', label: t.all },
            { value: 'Failed', label: t.onlyFailed },
          ]}
          onChange={(event) => {
            setOnlyFailed(event.currentTarget.value === 'Failed');
            setPage(1);
          }}
        />
      </Group>
      {deliveries.isPending && <Skeleton height={200} />}
      {deliveries.isError && <FailureAlert error={deliveries.error} onRetry={() => deliveries.refetch()} />}
      {deliveries.isSuccess && <DeliveryTable items={deliveries.data.items} filtered={wanted !== '' || onlyFailed} />}
      {deliveries.isSuccess && deliveries.data.total > pageSize && (
        <PageNumbers total={Math.ceil(deliveries.data.total / pageSize)} value={page} onChange={setPage} />
      )}
    </Stack>
  );
}

function DeliveryTable({ items, filtered }: { items: MessageDelivery[]; filtered: boolean }) {
  const { deliveries: t } = usePhrases().messages;
  if (items.length === 0) {
    return (
      <div className="surface">
        <EmptyState
          icon={<IconSend size={28} stroke={1.6} />}
          title={filtered ? t.noMatch : t.emptyTitle}
          description={t.emptyBody}
        />
      </div>
    );
  }
  return (
    <Table.ScrollContainer minWidth={560} className="surface" type="native">
      <Table verticalSpacing="sm" horizontalSpacing="lg" aria-label={t.caption}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">{t.recipient}</Table.Th>
            <Table.Th scope="col">{t.purpose}</Table.Th>
            <Table.Th scope="col">{t.status}</Table.Th>
            <Table.Th scope="col">{t.when}</Table.Th>
            <Table.Th scope="col">{t.details}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {items.map((delivery) => (
            <DeliveryRows key={delivery.id} delivery={delivery} />
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

function DeliveryRows({ delivery }: { delivery: MessageDelivery }) {
  const { deliveries: t, types, channels } = usePhrases().messages;
  const { language } = useLanguage();
  const [opened, { toggle }] = useDisclosure();
  const time = useTimeFormat('second');
  const sent = delivery.status === 'Sent';
  return (
    <>
      <Table.Tr>
        <Table.Td style={{ overflowWrap: 'anywhere' }}>{delivery.recipient}</Table.Td>
        <Table.Td>
          {types[delivery.templateType]}
          <Text size="xs" className="quiet">
            {channels[delivery.channel]}
          </Text>
        </Table.Td>
        <Table.Td>
          <Badge variant="light" color={sent ? 'door' : 'red'} tt="none">
            {sent ? t.sent : t.failed}
          </Badge>
        </Table.Td>
        <Table.Td>
          {time.format(delivery.createdAt)}
          <Text size="xs" className="quiet">
            {t.took({ ms: delivery.durationMs.toLocaleString(language) })}
          </Text>
        </Table.Td>
        <Table.Td>
          <Button size="compact-sm" variant="subtle" onClick={toggle} aria-expanded={opened}>
            {opened ? t.hide : t.details}
          </Button>
        </Table.Td>
      </Table.Tr>
      {opened && (
        <Table.Tr>
          <Table.Td colSpan={5}>
            <DeliveryDetails delivery={delivery} />
          </Table.Td>
        </Table.Tr>
      )}
    </>
  );
}

function DeliveryDetails({ delivery }: { delivery: MessageDelivery }) {
  const { deliveries: t, providers } = usePhrases().messages;
  const { answer, messageId, error, dialogue, requestId } = delivery;
  return (
    <Stack gap="sm">
      {answer && <CopyableValue label={t.answer} value={answer} />}
      {messageId && <CopyableValue label={t.messageId} value={messageId} />}
      {error && (
        <Text size="sm">
          {t.error}: {error}
        </Text>
      )}
      {dialogue && (
        <>
          <Text size="sm">{providers.dialogue}</Text>
          <pre className={classes.source}>{dialogue}</pre>
        </>
      )}
      <CopyableValue label={t.requestId} value={requestId} />
    </Stack>
  );
}
