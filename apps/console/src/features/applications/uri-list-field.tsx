import { ActionIcon, Button, Group, Input, Stack, TextInput } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { useRef } from 'react';
import { usePhrases } from '../../i18n/language.tsx';

type Props = {
  label: string;
  description?: string;
  placeholder: string;
  values: string[];
  /** The message for each entry that cannot be saved as it is. */
  errors: (string | null)[];
  onChange: (values: string[]) => void;
  /** What the entries are; addresses, where nothing else is said. */
  inputType?: 'url' | 'text';
  /** An entry was left, so it can be judged. */
  onLeave?: (index: number) => void;
};

/** Edits a list of addresses, one line each; an empty list shows one empty line to write in. */
export function UriListField({ label, description, placeholder, values, errors, onChange, ...rest }: Props) {
  const { inputType = 'url', onLeave } = rest;
  const { applications, shell } = usePhrases();
  const { urls: t } = applications.details;
  const group = useRef<HTMLFieldSetElement>(null);
  const lines = values.length === 0 ? [''] : values;

  const focusLine = (index: number) =>
    requestAnimationFrame(() => group.current?.querySelectorAll('input')[Math.max(index, 0)]?.focus());
  const add = () => {
    const hasBlank = lines.at(-1) === '';
    if (!hasBlank) onChange([...lines, '']);
    focusLine(hasBlank ? lines.length - 1 : lines.length);
  };
  const remove = (index: number) => {
    onChange(lines.filter((_, other) => other !== index));
    // The removed line's button had the focus, which would otherwise fall back to the page.
    focusLine(index - 1);
  };

  return (
    <fieldset ref={group} className="bare-fieldset">
      <Input.Label component="legend" labelElement="div">
        {label}
      </Input.Label>
      {description && <Input.Description mb="xs">{description}</Input.Description>}
      <Stack gap="xs">
        {lines.map((value, index) => (
          // A line is its place in the list; its text changes with each key press.
          <Group key={index} gap="xs" align="flex-start" wrap="nowrap">
            <TextInput
              flex={1}
              classNames={{ input: 'mono' }}
              type={inputType}
              inputMode={inputType}
              spellCheck={false}
              autoComplete="off"
              aria-label={t.item({ label, number: index + 1 })}
              placeholder={placeholder}
              value={value}
              error={errors[index]}
              onBlur={() => onLeave?.(index)}
              onChange={(event) => onChange(lines.with(index, event.currentTarget.value))}
            />
            {(lines.length > 1 || value !== '') && (
              <ActionIcon
                variant="subtle"
                color="gray"
                size={36}
                onClick={() => remove(index)}
                aria-label={t.removeItem({ label, number: index + 1 })}
                title={shell.actions.remove}
              >
                <IconX size={16} aria-hidden />
              </ActionIcon>
            )}
          </Group>
        ))}
      </Stack>
      <Button variant="subtle" size="compact-sm" mt="xs" leftSection={<IconPlus size={14} aria-hidden />} onClick={add}>
        {t.add}
      </Button>
    </fieldset>
  );
}
