import { Accordion, Stack, Text } from '@mantine/core';
import '@mantine/core/styles/Accordion.layer.css';
import { type ReactNode, useState } from 'react';
import { usePhrases } from '../../i18n/language.tsx';

type Props = { openAtFirst: boolean; isWrong: boolean; children: ReactNode };

/** Fields that few need, folded away; never while something in them has to be corrected. */
export function AdvancedFields({ openAtFirst, isWrong, children }: Props) {
  const { fields: t } = usePhrases().connectors;
  const [open, setOpen] = useState(openAtFirst);
  return (
    <Accordion
      variant="contained"
      chevronPosition="left"
      value={open || isWrong ? 'advanced' : null}
      onChange={(value) => setOpen(value !== null)}
    >
      <Accordion.Item value="advanced">
        <Accordion.Control>
          <Text size="sm" fw={500}>
            {t.advanced}
          </Text>
          <Text size="xs" className="quiet">
            {t.advancedHint}
          </Text>
        </Accordion.Control>
        <Accordion.Panel>
          <Stack gap="md">{children}</Stack>
        </Accordion.Panel>
      </Accordion.Item>
    </Accordion>
  );
}
