import type { InboxWebhook } from '@latchkey/server/contract';
import { Badge, Box, Group, SegmentedControl, Stack, Table, Text } from '@mantine/core';
import { useState } from 'react';
import { CopyableValue } from '../../components/copyable-value.tsx';
import { TextLink } from '../../components/link.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { Section } from '../../components/section.tsx';
import { usePhrases } from '../../i18n/language.tsx';
import classes from './messages.module.css';
import { useInboxWebhook } from './messages.queries.ts';

/** Where a request is played to that nobody receives yet. */
const SAMPLE_URL = 'http://localhost:8080/';
const stateColors = { pending: 'gray', delivered: 'door', dead: 'red' };

/** One event as a receiver is told of it. */
export function OneWebhook({ message }: { message: InboxWebhook }) {
  const { messages, webhooks } = usePhrases();
  const t = messages.inbox.webhooks;
  const { event, objectType, objectId, webhook, state, lastStatus, lastError } = message;
  const answer = lastStatus ?? lastError;
  const query = useInboxWebhook(message);
  return (
    <Section
      title={event}
      description={`${objectType} ${objectId}`}
      actions={
        state && (
          <Badge color={stateColors[state]} variant="light" tt="none">
            {webhooks.states[state]}
          </Badge>
        )
      }
    >
      {webhook ? (
        <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
          {t.sentTo}:{' '}
          <TextLink to="/webhooks/$webhookId" params={{ webhookId: webhook.id }}>
            {webhook.name}
          </TextLink>{' '}
          ({webhook.url}){answer !== null && <> · {t.lastAnswer({ answer: String(answer) })}</>}
        </Text>
      ) : (
        <Text size="sm">
          {t.nobodyAsks} <TextLink to="/webhooks">{t.create}</TextLink>
        </Text>
      )}
      <Loaded query={query}>{(request) => <Request url={webhook?.url ?? SAMPLE_URL} {...request} />}</Loaded>
    </Section>
  );
}

type RequestProps = { url: string; headers: Record<string, string>; body: string; signingKey: string };

/** The request for the eye and byte by byte. */
function Request({ url, headers, body, signingKey }: RequestProps) {
  const { inbox: t } = usePhrases().messages;
  const [view, setView] = useState<'rendered' | 'raw'>('rendered');
  return (
    <Stack>
      <CopyableValue label={t.webhooks.signingKey} value={signingKey} secret />
      <CopyableValue label={t.webhooks.curl} value={curlOf(url, headers, body)} secret />
      <Group>
        <SegmentedControl
          value={view}
          onChange={setView}
          data={[
            { value: 'rendered', label: t.rendered },
            { value: 'raw', label: t.raw },
          ]}
          size="xs"
        />
      </Group>
      {view === 'rendered' ? (
        <>
          <Headers headers={headers} />
          <Text size="sm" fw={500}>
            {t.webhooks.body}
          </Text>
          <Source>{JSON.stringify(JSON.parse(body), null, 2)}</Source>
        </>
      ) : (
        <Source>{rawRequest(url, headers, body)}</Source>
      )}
    </Stack>
  );
}

function Headers({ headers }: Pick<RequestProps, 'headers'>) {
  const { inbox: t } = usePhrases().messages;
  return (
    <Table verticalSpacing={4}>
      <Table.Caption style={{ captionSide: 'top', textAlign: 'start', marginTop: 0 }}>
        {t.webhooks.headers}
      </Table.Caption>
      <Table.Tbody>
        {Object.entries(headers).map(([name, value]) => (
          <Table.Tr key={name}>
            <Table.Th scope="row" fw={500} className="mono" style={{ verticalAlign: 'top' }}>
              {name}
            </Table.Th>
            <Table.Td className="mono" style={{ overflowWrap: 'anywhere' }}>
              {value}
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

function Source({ children }: { children: string }) {
  return (
    <Box component="pre" className={classes.source} tabIndex={0}>
      {children}
    </Box>
  );
}

function rawRequest(url: string, headers: RequestProps['headers'], body: string): string {
  const { host, pathname, search } = new URL(url);
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  return [`POST ${pathname}${search} HTTP/1.1`, `host: ${host}`, ...lines, '', body].join('\n');
}

/** A text as one word of a shell's command line. */
const quoted = (text: string): string => `'${text.replaceAll("'", String.raw`'\''`)}'`;

function curlOf(url: string, headers: RequestProps['headers'], body: string): string {
  const flags = Object.entries(headers).map(([name, value]) => `-H ${quoted(`${name}: ${value}`)}`);
  return ['curl', '-X POST', ...flags, `--data-raw ${quoted(body)}`, quoted(url)].join(' ');
}
