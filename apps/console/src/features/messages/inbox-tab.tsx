import type { InboxMessage } from '@latchkey/server/contract';
import { Alert, Badge, Button, Grid, Group, Pagination, Skeleton, Stack, Text, UnstyledButton } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconInbox, IconInfoCircle, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { CopyableValue } from '../../components/copyable-value.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { FailureAlert } from '../../components/failure-alert.tsx';
import { Section } from '../../components/section.tsx';
import { useLanguage, usePhrases } from '../../i18n/language.tsx';
import { MessagePreview } from './message-preview.tsx';
import classes from './messages.module.css';
import { pageSize, useClearInbox, useInbox, useInboxStatus } from './messages.queries.ts';

/** Messages that would have been sent if there were a provider: for developers, updated by itself. */
export function InboxTab() {
  const { inbox: t } = usePhrases().messages;
  const [page, setPage] = useState(1);
  const [chosen, setChosen] = useState<string>();
  const inbox = useInbox(page);

  if (inbox.isPending) return <Skeleton height={240} />;
  if (inbox.isError) return <FailureAlert error={inbox.error} onRetry={() => inbox.refetch()} />;
  const { items, total } = inbox.data;
  const message = items.find(({ id }) => id === chosen) ?? items[0];
  return (
    <Stack>
      <Group justify="space-between">
        <InboxNote />
        {total > 0 && <ClearInbox />}
      </Group>
      {message ? (
        <Grid gap="lg">
          <Grid.Col span={{ base: 12, md: 5 }}>
            <Stack>
              <MessageList messages={items} chosen={message.id} onChoose={setChosen} />
              {total > pageSize && (
                <Pagination total={Math.ceil(total / pageSize)} value={page} onChange={setPage} size="sm" />
              )}
            </Stack>
          </Grid.Col>
          <Grid.Col span={{ base: 12, md: 7 }}>
            <OneMessage key={message.id} message={message} />
          </Grid.Col>
        </Grid>
      ) : (
        <div className="surface">
          <EmptyState icon={<IconInbox size={28} stroke={1.6} />} title={t.emptyTitle} description={t.emptyBody} />
        </div>
      )}
    </Stack>
  );
}

function InboxNote() {
  const { inbox: t } = usePhrases().messages;
  const { data } = useInboxStatus();
  if (!data) return null;
  const receives = data.channels.Email || data.channels.Sms;
  if (!data.enabled || !receives) {
    return (
      <Alert color="gray" icon={<IconInfoCircle aria-hidden />} flex="1 1 20rem">
        {data.enabled ? t.bothSent : t.off}
      </Alert>
    );
  }
  return (
    <Group gap="sm" flex="1 1 20rem">
      <Badge color="brass" variant="light" tt="none">
        {t.badge}
      </Badge>
      <Text size="sm" className="quiet">
        {t.explain} {t.live}.
      </Text>
    </Group>
  );
}

function useTime() {
  const { language } = useLanguage();
  const format = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'medium' });
  return (milliseconds: number) => format.format(milliseconds);
}

type ListProps = { messages: InboxMessage[]; chosen: string; onChoose: (id: string) => void };

function MessageList({ messages, chosen, onChoose }: ListProps) {
  const { inbox: t, channels, types } = usePhrases().messages;
  const timeOf = useTime();
  return (
    <nav className="surface" aria-label={t.list}>
      {messages.map((message) => (
        <UnstyledButton
          key={message.id}
          className={classes.message}
          aria-current={message.id === chosen}
          onClick={() => onChoose(message.id)}
        >
          <Group justify="space-between" gap="xs" wrap="nowrap">
            <Text fw={600} truncate>
              {message.recipient}
            </Text>
            <Badge size="sm" variant="light" color="gray" tt="none" flex="none">
              {channels[message.channel]}
            </Badge>
          </Group>
          <Text size="sm" truncate>
            {message.subject ?? message.content}
          </Text>
          <Text size="xs" className="quiet">
            {types[message.templateType]} · {timeOf(message.createdAt)}
          </Text>
        </UnstyledButton>
      ))}
    </nav>
  );
}

function OneMessage({ message }: { message: InboxMessage }) {
  const { inbox: t, types } = usePhrases().messages;
  const { subject, recipient, code, link, sendFrom, replyTo } = message;
  return (
    <Section title={subject ?? types[message.templateType]} description={t.to({ recipient })}>
      {code && <CopyableValue label={t.code} value={code} />}
      {link && <CopyableValue label={t.link} value={link} />}
      {message.channel === 'Email' && (
        <Text size="sm">
          {t.from}: {sendFrom ?? t.connectorSender}
          {replyTo && (
            <>
              {' · '}
              {t.replyTo}: {replyTo}
            </>
          )}
        </Text>
      )}
      <MessagePreview content={message.content} contentType={message.contentType} />
    </Section>
  );
}

function ClearInbox() {
  const { inbox: t } = usePhrases().messages;
  const [asking, { open, close }] = useDisclosure();
  const clear = useClearInbox(close);
  return (
    <>
      <Button variant="default" leftSection={<IconTrash size={16} aria-hidden />} onClick={open}>
        {t.clear}
      </Button>
      <ConfirmDialog
        opened={asking}
        title={t.clearTitle}
        confirmLabel={t.clear}
        pending={clear.isPending}
        error={clear.error}
        onConfirm={() => clear.mutate()}
        onClose={close}
      >
        {t.clearBody}
      </ConfirmDialog>
    </>
  );
}
