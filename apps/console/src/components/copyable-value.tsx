import { ActionIcon, Box, Group, Text, Tooltip } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconEye, IconEyeOff } from '@tabler/icons-react';
import { usePhrases } from '../i18n/language.tsx';
import { CopyButton } from './copy-button.tsx';
import classes from './copyable-value.module.css';

type Props = {
  label: string;
  value: string;
  /** Shows dots until asked for. */
  secret?: boolean;
  /** Leaves the visible label out where a table column or a heading already says it. */
  bare?: boolean;
};

/** A fact to be copied: shown in full, one click away from the clipboard. */
export function CopyableValue({ label, value, secret = false, bare = false }: Props) {
  const { shell: t } = usePhrases();
  const [shown, { toggle }] = useDisclosure(!secret);
  return (
    <Box miw={0}>
      {!bare && (
        <Text size="sm" fw={500} mb={4}>
          {label}
        </Text>
      )}
      <Group className={classes.field} wrap="nowrap" gap={4}>
        <Box component="output" className={classes.value} aria-label={label}>
          {shown ? value : '•'.repeat(16)}
        </Box>
        {secret && (
          <Tooltip label={shown ? t.actions.hide : t.actions.show} withArrow>
            <ActionIcon
              variant="subtle"
              color="gray"
              onClick={toggle}
              aria-label={`${shown ? t.actions.hide : t.actions.show}: ${label}`}
            >
              {shown ? <IconEyeOff size={16} aria-hidden /> : <IconEye size={16} aria-hidden />}
            </ActionIcon>
          </Tooltip>
        )}
        <CopyButton value={value} label={label} />
      </Group>
    </Box>
  );
}
