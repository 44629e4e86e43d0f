import type { AuditStream, AuditStreamType } from '@latchkey/server/contract';
import { Alert, Button, Group, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import type { FormEventHandler, ReactNode } from 'react';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { FailureAlert } from '../../components/failure-alert.tsx';
import { notifyDone } from '../../components/notify.ts';
import { Section } from '../../components/section.tsx';
import { usePhrases } from '../../i18n/language.tsx';
import { useTimeFormat } from '../../i18n/time-format.ts';
import { useEndStream, useTestStream } from './settings.queries.ts';

type Props = {
  type: AuditStreamType;
  /** The stream as it is stored; none where nothing is sent yet. */
  stream: AuditStream | undefined;
  title: string;
  description: string;
  saving: { isPending: boolean; error: unknown };
  dirty: boolean;
  onSubmit: FormEventHandler<HTMLFormElement>;
  onEnded: () => void;
  children: ReactNode;
};

/** One stream: its form around the fields, how far it is, a test and its end. */
export function StreamSection(props: Props) {
  const { type, stream, saving, dirty } = props;
  const { auditLogs, shell } = usePhrases();
  const t = auditLogs.settings;
  const test = useTestStream();
  return (
    <form onSubmit={props.onSubmit} noValidate>
      <Section title={props.title} description={props.description}>
        {stream && <Progress stream={stream} />}
        {props.children}
        {saving.error !== null && <FailureAlert error={saving.error} />}
        {test.error && <FailureAlert error={test.error} />}
        <Group>
          <Button type="submit" disabled={stream !== undefined && !dirty} loading={saving.isPending}>
            {stream ? shell.actions.save : t.start}
          </Button>
          {stream && (
            <>
              <Button
                variant="default"
                // What is stored is tested, so it is stored first.
                disabled={dirty}
                loading={test.isPending}
                onClick={() => test.mutate(type, { onSuccess: () => notifyDone(t.testSent) })}
              >
                {t.test}
              </Button>
              <EndButton type={type} onEnded={props.onEnded} />
            </>
          )}
        </Group>
      </Section>
    </form>
  );
}

function EndButton({ type, onEnded }: { type: AuditStreamType; onEnded: () => void }) {
  const { auditLogs } = usePhrases();
  const t = auditLogs.settings;
  const [asking, { open, close }] = useDisclosure(false);
  const end = useEndStream();
  const confirm = () =>
    end.mutate(type, {
      onSuccess: () => {
        close();
        onEnded();
        notifyDone(t.ended);
      },
    });
  return (
    <>
      <Button variant="outline" color="red" onClick={open}>
        {t.end}
      </Button>
      <ConfirmDialog
        opened={asking}
        title={t.endTitle}
        confirmLabel={t.end}
        pending={end.isPending}
        error={end.error}
        onConfirm={confirm}
        onClose={close}
      >
        {t.endBody}
      </ConfirmDialog>
    </>
  );
}

/** How far the stream is, and why it is no further. */
function Progress({ stream: { status, enabled } }: { stream: AuditStream }) {
  const { auditLogs } = usePhrases();
  const t = auditLogs.settings;
  const time = useTimeFormat('second');
  const { lastError, retryAt, oldestWaitingAt, waitingCount, lastSentAt, sentCount } = status;
  return (
    <>
      {lastError !== null && (
        <Alert color="orange" title={t.failing}>
          {lastError}
          {retryAt !== null && enabled && ` · ${t.retryAt({ time: time.format(retryAt) })}`}
        </Alert>
      )}
      <Text size="sm" role="status">
        {t.sent({ count: sentCount })}
        {lastSentAt !== null && ` · ${t.lastSent({ time: time.format(lastSentAt) })}`}
        {' · '}
        {oldestWaitingAt === null
          ? t.nothingWaits
          : t.waiting({ count: waitingCount, since: time.format(oldestWaitingAt) })}
      </Text>
    </>
  );
}
