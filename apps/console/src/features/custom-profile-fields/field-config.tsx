import {
  ActionIcon,
  Autocomplete,
  Button,
  Checkbox,
  Group,
  Input,
  NumberInput,
  Stack,
  Switch,
  TextInput,
} from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { usePhrases } from '../../i18n/language.tsx';
import { dateFormats, type FieldDraft } from './field-form.ts';

type Props = {
  draft: FieldDraft;
  problems: Partial<Record<string, string>>;
  onChange: (next: Partial<FieldDraft>) => void;
};

/** What a question of its type can be told besides. */
export function FieldConfig(props: Props) {
  const { customProfileFields: t } = usePhrases();
  const { draft, problems, onChange } = props;
  switch (draft.type) {
    case 'Checkbox':
      return (
        <Switch
          label={t.ticked}
          checked={draft.ticked}
          onChange={({ currentTarget }) => onChange({ ticked: currentTarget.checked })}
        />
      );
    case 'Fullname':
    case 'Address':
      return <Parts {...props} />;
    case 'Select':
      return (
        <>
          <Placeholder {...props} />
          <Options {...props} />
        </>
      );
    case 'Text':
    case 'Number':
      return (
        <>
          <Placeholder {...props} />
          <Limits {...props} />
        </>
      );
    case 'Date':
      return (
        <Autocomplete
          label={t.format}
          description={t.formatHint}
          data={[...dateFormats]}
          maxLength={128}
          value={draft.format}
          onChange={(format) => onChange({ format })}
        />
      );
    case 'Regex':
      return (
        <>
          <Placeholder {...props} />
          <TextInput
            label={t.pattern}
            description={t.patternHint}
            placeholder="[A-Z]{2}[0-9]{9}"
            required
            maxLength={128}
            spellCheck={false}
            error={problems.pattern}
            value={draft.pattern}
            onChange={({ currentTarget }) => onChange({ pattern: currentTarget.value })}
          />
        </>
      );
    default:
      return <Placeholder {...props} />;
  }
}

function Placeholder({ draft, onChange }: Props) {
  const { customProfileFields: t, shell } = usePhrases();
  return (
    <TextInput
      label={`${t.placeholder} (${shell.form.optional})`}
      maxLength={256}
      value={draft.placeholder}
      onChange={({ currentTarget }) => onChange({ placeholder: currentTarget.value })}
    />
  );
}

function Limits({ draft: { type, min, max }, onChange }: Props) {
  const { customProfileFields: t } = usePhrases();
  const labels = type === 'Number' ? t.values : t.lengths;
  const bounds = type === 'Number' ? {} : { min: 0, max: 4096, allowDecimal: false };
  return (
    <Group grow align="flex-start">
      <NumberInput label={labels.min} value={min} onChange={(next) => onChange({ min: next })} {...bounds} />
      <NumberInput label={labels.max} value={max} onChange={(next) => onChange({ max: next })} {...bounds} />
    </Group>
  );
}

function Options({ draft: { options }, problems, onChange }: Props) {
  const { customProfileFields: t } = usePhrases();
  const set = (index: number, next: Partial<FieldDraft['options'][number]>) =>
    onChange({ options: options.map((option, place) => (place === index ? { ...option, ...next } : option)) });
  return (
    <Input.Wrapper label={t.options} error={problems.options} labelElement="div">
      <Stack gap="xs" mt={4}>
        {options.map(({ value, label }, index) => (
          <Group key={index} gap="xs" wrap="nowrap">
            <TextInput
              flex={1}
              aria-label={t.optionValue({ number: index + 1 })}
              placeholder={t.valuePlaceholder}
              maxLength={256}
              value={value}
              onChange={({ currentTarget }) => set(index, { value: currentTarget.value })}
            />
            <TextInput
              flex={1}
              aria-label={t.optionLabel({ number: index + 1 })}
              placeholder={t.labelPlaceholder}
              maxLength={256}
              value={label}
              onChange={({ currentTarget }) => set(index, { label: currentTarget.value })}
            />
            <ActionIcon
              variant="subtle"
              color="red"
              aria-label={t.removeOption({ number: index + 1 })}
              onClick={() => onChange({ options: options.filter((_, place) => place !== index) })}
            >
              <IconTrash size={18} aria-hidden />
            </ActionIcon>
          </Group>
        ))}
        <Button
          variant="light"
          size="xs"
          style={{ alignSelf: 'flex-start' }}
          leftSection={<IconPlus size={14} aria-hidden />}
          onClick={() => onChange({ options: [...options, { value: '', label: '' }] })}
        >
          {t.addOption}
        </Button>
      </Stack>
    </Input.Wrapper>
  );
}

function Parts({ draft: { parts }, problems, onChange }: Props) {
  const { customProfileFields: t } = usePhrases();
  const set = (index: number, next: Partial<FieldDraft['parts'][number]>) =>
    onChange({ parts: parts.map((part, place) => (place === index ? { ...part, ...next } : part)) });
  return (
    <Input.Wrapper label={t.parts} error={problems.parts} labelElement="div">
      <Stack gap="xs" mt={4}>
        {parts.map(({ name, enabled, required, label }, index) => (
          <Group key={name} gap="md">
            <Checkbox
              flex="1 1 8rem"
              label={t.partNames[name]}
              checked={enabled}
              onChange={({ currentTarget }) => set(index, { enabled: currentTarget.checked })}
            />
            <TextInput
              flex="1 1 8rem"
              size="xs"
              aria-label={t.partLabel({ name: t.partNames[name] })}
              placeholder={t.labelPlaceholder}
              maxLength={128}
              disabled={!enabled}
              value={label}
              onChange={({ currentTarget }) => set(index, { label: currentTarget.value })}
            />
            <Checkbox
              label={t.requiredShort}
              aria-label={t.requiredPart({ name: t.partNames[name] })}
              disabled={!enabled}
              checked={enabled && required}
              onChange={({ currentTarget }) => set(index, { required: currentTarget.checked })}
            />
          </Group>
        ))}
      </Stack>
    </Input.Wrapper>
  );
}
