import { Badge, Group } from '@mantine/core';
import type { ReactNode } from 'react';
import { Section } from '../../components/section.tsx';
import { usePhrases } from '../../i18n/language.tsx';
import type { StoredScript } from './scripts.queries.ts';
import type { Slot } from './slots.ts';

type Props = { slot: Slot; stored: StoredScript | undefined; action: ReactNode };

/** One slot in a list of scripts: what it is for, and whether there is a script in it. */
export function ScriptCard({ slot, stored, action }: Props) {
  const { scripts: t } = usePhrases();
  const isOn = stored !== undefined && stored.enabled !== false;
  const offState = stored ? t.states.off : t.states.none;
  return (
    <Section
      title={t.slots[slot].title}
      description={t.slots[slot].lead}
      actions={
        <Group gap="sm">
          <Badge color={isOn ? 'door' : 'gray'} variant="light" tt="none">
            {isOn ? t.states.on : offState}
          </Badge>
          {action}
        </Group>
      }
    />
  );
}
