import { ActionIcon, Button, Group, Text, TextInput, Tooltip } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { SecretInput } from '../../components/secret-input.tsx';
import { Section } from '../../components/section.tsx';
import { usePhrases } from '../../i18n/language.tsx';
import type { ScriptDraft } from './script-draft.ts';

type Variables = ScriptDraft['variables'];
type Props = { variables: Variables; onChange: (variables: Variables) => void };

/** What a script reads as `environmentVariables`: addresses and secrets that do not belong into its text. */
export function VariablesSection({ variables, onChange }: Props) {
  const { variables: t } = usePhrases().scripts;
  const set = (index: number, next: Partial<Variables[number]>) =>
    onChange(variables.map((variable, place) => (place === index ? { ...variable, ...next } : variable)));
  return (
    <Section
      title={t.title}
      description={t.lead}
      actions={
        <Button
          variant="default"
          size="xs"
          leftSection={<IconPlus size={14} aria-hidden />}
          onClick={() => onChange([...variables, { name: '', value: '' }])}
        >
          {t.add}
        </Button>
      }
    >
      {variables.length === 0 && (
        <Text size="sm" className="quiet">
          {t.none}
        </Text>
      )}
      {variables.map(({ name, value }, index) => (
        <Group key={index} gap="xs" wrap="nowrap" align="flex-end">
          <TextInput
            flex="1 1 10rem"
            label={t.name}
            maxLength={128}
            autoComplete="off"
            spellCheck={false}
            value={name}
            onChange={({ currentTarget }) => set(index, { name: currentTarget.value })}
          />
          <SecretInput
            flex="2 1 12rem"
            label={t.value}
            maxLength={16_384}
            value={value}
            onChange={({ currentTarget }) => set(index, { value: currentTarget.value })}
          />
          <Tooltip label={t.removeOf({ name })} withArrow>
            <ActionIcon
              variant="subtle"
              color="red"
              size={36}
              aria-label={t.removeOf({ name })}
              onClick={() => onChange(variables.filter((_, place) => place !== index))}
            >
              <IconTrash size={18} aria-hidden />
            </ActionIcon>
          </Tooltip>
        </Group>
      ))}
    </Section>
  );
}
