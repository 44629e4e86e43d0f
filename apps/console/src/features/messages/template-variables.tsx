import { Button, Group, Stack, Text } from '@mantine/core';
import { type FocusEvent, useRef } from 'react';
import { usePhrases } from '../../i18n/language.tsx';

const variables = [
  'code',
  'link',
  'application.name',
  'organization.name',
  'inviter.name',
  'user.name',
  'user.username',
  'user.primaryEmail',
];

type TextElement = HTMLInputElement | HTMLTextAreaElement;
type Insertion = { field: string; text: string };

/**
 * Puts variables where the reader writes: into the field that had the focus last, in place of what is selected there.
 * The fields say by `data-insertable` which of them they are; before any had the focus, `first` gets the variable.
 */
export function useVariableInsertion(first: string, onInsert: (insertion: Insertion) => void) {
  const container = useRef<HTMLDivElement>(null);
  const focused = useRef<string>(first);

  return {
    container,
    onFocus({ target }: FocusEvent<HTMLElement>) {
      const field = target.dataset.insertable;
      if (field !== undefined) focused.current = field;
    },
    insert(variable: string) {
      const field = focused.current;
      const element = container.current?.querySelector<TextElement>(`[data-insertable="${field}"]`);
      if (!element) return;
      const { selectionStart, selectionEnd, value } = element;
      const start = selectionStart ?? value.length;
      const written = `{{${variable}}}`;
      onInsert({ field, text: value.slice(0, start) + written + value.slice(selectionEnd ?? start) });
      requestAnimationFrame(() => {
        element.focus();
        element.setSelectionRange(start + written.length, start + written.length);
      });
    },
  };
}

/** The variables that a text may have; a click writes one into it. */
export function TemplateVariables({ onPick }: { onPick: (variable: string) => void }) {
  const { templates: t } = usePhrases().messages;
  return (
    <Stack gap={6} role="group" aria-label={t.variables}>
      <Text size="sm" fw={500}>
        {t.variables}
      </Text>
      <Group gap={6}>
        {variables.map((name) => (
          <Button
            key={name}
            size="compact-xs"
            variant="default"
            ff="monospace"
            fw={400}
            aria-label={t.insert({ variable: name })}
            onClick={() => onPick(name)}
          >{`{{${name}}}`}</Button>
        ))}
      </Group>
      <Text size="sm" className="quiet">
        {t.variablesHint}
      </Text>
    </Stack>
  );
}
