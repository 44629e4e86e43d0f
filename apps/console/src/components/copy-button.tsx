import { ActionIcon, Tooltip } from '@mantine/core';
import { useClipboard } from '@mantine/hooks';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { usePhrases } from '../i18n/language.tsx';

/** Copies `value`; `label` says what it is to those who cannot see where the button stands. */
export function CopyButton({ value, label }: { value: string; label: string }) {
  const { shell: t } = usePhrases();
  const { copied, copy } = useClipboard({ timeout: 1600 });
  return (
    <Tooltip label={copied ? t.actions.copied : t.actions.copy} withArrow>
      <ActionIcon
        variant="subtle"
        color={copied ? 'door' : 'gray'}
        onClick={() => copy(value)}
        aria-label={`${copied ? t.actions.copied : t.actions.copy}: ${label}`}
      >
        {copied ? <IconCheck size={16} aria-hidden /> : <IconCopy size={16} aria-hidden />}
      </ActionIcon>
    </Tooltip>
  );
}
