import type { Channel } from '@latchkey/server/contract';
import { Alert, Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { IconBulb, IconCheck } from '@tabler/icons-react';
import { useState } from 'react';
import { FailureAlert } from '../../components/failure-alert.tsx';
import { usePhrases } from '../../i18n/language.tsx';
import classes from './messages.module.css';
import { useTestSend } from './messages.queries.ts';
import { adviceOf, type SpokenLine, spokenLines } from './send-failure.ts';

type Props = { channel: Channel; factoryId: string; read: () => Record<string, unknown> | null };

/** Tries the settings in the form out, and shows what the provider said. */
export function TestSend({ channel, factoryId, read }: Props) {
  const { providers: t } = usePhrases().messages;
  const [to, setTo] = useState('');
  const send = useTestSend(factoryId);

  function submit() {
    const config = read();
    if (config) send.mutate({ [channel === 'Email' ? 'email' : 'phone']: to.trim(), config });
  }

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <Stack gap="sm">
        <Text fw={600}>{t.test}</Text>
        <Group align="flex-end" gap="sm">
          <TextInput
            flex="1 1 16rem"
            label={channel === 'Email' ? t.testEmail : t.testPhone}
            description={t.testLead}
            type={channel === 'Email' ? 'email' : 'tel'}
            value={to}
            required
            withAsterisk={false}
            onChange={(event) => setTo(event.currentTarget.value)}
          />
          <Button type="submit" variant="default" loading={send.isPending}>
            {t.send}
          </Button>
        </Group>
        {send.isSuccess && (
          <Alert color="green" icon={<IconCheck aria-hidden />} role="status">
            {t.sent}
          </Alert>
        )}
        {send.isError && <SendFailure error={send.error} />}
      </Stack>
    </form>
  );
}

/** Why a message was not sent, what to look at next, and what was said until then. */
function SendFailure({ error }: { error: unknown }) {
  const { providers: t } = usePhrases().messages;
  const advice = adviceOf(error);
  const lines = spokenLines(error);
  return (
    <Stack gap="sm">
      <FailureAlert error={error} title={t.failed} detailed />
      {advice && (
        <Alert color="gray" icon={<IconBulb aria-hidden />} title={t.next}>
          {t.advice[advice]}
        </Alert>
      )}
      {lines.length > 0 && <Dialogue lines={lines} />}
    </Stack>
  );
}

function Dialogue({ lines }: { lines: readonly SpokenLine[] }) {
  const { providers: t } = usePhrases().messages;
  return (
    <Stack gap={4}>
      <Text size="sm">{t.dialogue}</Text>
      <ol className={classes.dialogue} aria-label={t.dialogue}>
        {lines.map(({ speaker, text, isRefusal }, index) => (
          <li key={index} className={classes.line} data-refusal={isRefusal || undefined}>
            <span className={classes.speaker}>{t.speakers[speaker]}</span>
            <span>{text}</span>
          </li>
        ))}
      </ol>
    </Stack>
  );
}
