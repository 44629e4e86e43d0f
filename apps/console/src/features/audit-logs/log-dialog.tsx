import type { Log } from '@latchkey/server/contract';
import { Code, Modal, Stack, Text } from '@mantine/core';
import { CopyableValue } from '../../components/copyable-value.tsx';
import { usePhrases } from '../../i18n/language.tsx';
import { changesOf } from './changes.ts';
import { ChangesTable } from './changes-table.tsx';

/** One entry: where from, what changed, and everything that was recorded. */
export function LogDialog({ log, onClose }: { log: Log | null; onClose: () => void }) {
  const { auditLogs: t, shell } = usePhrases();
  return (
    <Modal
      opened={log !== null}
      onClose={onClose}
      title={log?.key ?? t.details}
      size="xl"
      closeButtonProps={{ 'aria-label': shell.actions.close }}
    >
      {log && <Entry log={log} />}
    </Modal>
  );
}

function Entry({ log }: { log: Log }) {
  const { auditLogs: t } = usePhrases();
  const { payload } = log;
  const changes = changesOf(payload.before, payload.after);
  const facts = [
    [t.address, payload.ip],
    [t.device, payload.userAgent],
    [t.requestId, payload.requestId],
    [t.logId, log.id],
  ].filter((fact): fact is [string, string] => typeof fact[1] === 'string');
  return (
    <Stack>
      {facts.map(([label, value]) => (
        <CopyableValue key={label} label={label} value={value} />
      ))}
      {changes.length > 0 && <ChangesTable changes={changes} />}
      <Text fw={600}>{t.raw}</Text>
      <Code block style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
        {JSON.stringify(payload, null, 2)}
      </Code>
    </Stack>
  );
}
