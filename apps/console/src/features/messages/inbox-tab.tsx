import type { InboxMessage } from '@latchkey/server/contract';
import { Alert, Badge, Group, SegmentedControl, Stack, Text } from '@mantine/core';
import { IconInfoCircle } from '@tabler/icons-react';
import { useState } from 'react';
import { CopyableValue } from '../../components/copyable-value.tsx';
import { Section } from '../../components/section.tsx';
import { usePhrases } from '../../i18n/language.tsx';
import { InboxPanes } from './inbox-panes.tsx';
import { MessagePreview } from './message-preview.tsx';
import { useInbox, useInboxStatus, useInboxWebhooks } from './messages.queries.ts';
import { OneWebhook } from './one-webhook.tsx';

const parts = ['messages', 'webhooks'] as const;

/** What leaves the tenant while it is developed: messages without a provider, and webhooks. Updated by itself. */
export function InboxTab() {
  const { inbox: t } = usePhrases().messages;
  const [part, setPart] = useState<(typeof parts)[number]>('messages');
  return (
    <Stack>
      <SegmentedControl
        aria-label={t.kinds.label}
        value={part}
        onChange={setPart}
        data={parts.map((value) => ({ value, label: t.kinds[value] }))}
        style={{ alignSelf: 'flex-start' }}
      />
      {part === 'messages' ? <Messages /> : <Webhooks />}
    </Stack>
  );
}

function Messages() {
  const { inbox: t, channels, types } = usePhrases().messages;
  const [page, setPage] = useState(1);
  const query = useInbox(page);
  return (
    <InboxPanes
      part="messages"
      query={query}
      page={page}
      onPage={setPage}
      note={<MessagesNote />}
      texts={t}
      entry={({ recipient, channel, subject, content, templateType }) => ({
        title: recipient,
        badge: channels[channel],
        line: subject ?? content,
        hint: types[templateType],
      })}
    >
      {(message) => <OneMessage key={message.id} message={message} />}
    </InboxPanes>
  );
}

function Webhooks() {
  const { messages, webhooks } = usePhrases();
  const t = messages.inbox.webhooks;
  const [page, setPage] = useState(1);
  const query = useInboxWebhooks(page);
  return (
    <InboxPanes
      part="webhooks"
      query={query}
      page={page}
      onPage={setPage}
      note={<Note>{t.explain}</Note>}
      texts={t}
      entry={({ event, state, webhook, objectType, objectId }) => ({
        title: event,
        badge: state ? webhooks.states[state] : t.nobody,
        line: `${objectType} ${objectId}`,
        ...(webhook && { hint: webhook.name }),
      })}
    >
      {(message) => <OneWebhook key={message.id} message={message} />}
    </InboxPanes>
  );
}

function MessagesNote() {
  const { inbox: t } = usePhrases().messages;
  const { data } = useInboxStatus();
  if (data?.enabled && !data.channels.Email && !data.channels.Sms) return <Away>{t.bothSent}</Away>;
  return <Note>{t.explain}</Note>;
}

/** What lands in the inbox, while it is on. */
function Note({ children }: { children: string }) {
  const { inbox: t } = usePhrases().messages;
  const { data } = useInboxStatus();
  if (!data) return null;
  if (!data.enabled) return <Away>{t.off}</Away>;
  return (
    <Group gap="sm" flex="1 1 20rem">
      <Badge color="brass" variant="light" tt="none">
        {t.badge}
      </Badge>
      <Text size="sm" className="quiet">
        {children} {t.live}.
      </Text>
    </Group>
  );
}

/** Why nothing lands in it. */
function Away({ children }: { children: string }) {
  return (
    <Alert color="gray" icon={<IconInfoCircle aria-hidden />} flex="1 1 20rem">
      {children}
    </Alert>
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
      <MessagePreview content={message.content} contentType={message.contentType} text={message.text} />
    </Section>
  );
}
