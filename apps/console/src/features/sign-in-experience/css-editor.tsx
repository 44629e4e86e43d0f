import { Textarea } from '@mantine/core';
import { type KeyboardEvent, useRef } from 'react';
import { usePhrases } from '../../i18n/language.tsx';
import classes from './sign-in-experience.module.css';

const indent = '  ';

/** A field for style rules in which Tab indents; Escape first gives Tab its usual meaning back (WCAG 2.2 SC 2.1.2). */
export function CssEditor({ value, onChange }: { value: string; onChange: (css: string) => void }) {
  const { branding: t } = usePhrases().signInExperience;
  const leaving = useRef(false);

  function onKeyDown(event: KeyboardEvent<HTMLTextAreaElement>) {
    if (event.key === 'Escape') {
      leaving.current = true;
    } else if (event.key === 'Tab' && !event.shiftKey && !leaving.current) {
      event.preventDefault();
      const field = event.currentTarget;
      field.setRangeText(indent, field.selectionStart, field.selectionEnd, 'end');
      onChange(field.value);
    } else if (event.key !== 'Tab' && event.key !== 'Shift') {
      leaving.current = false;
    }
  }

  return (
    <Textarea
      label={t.cssLabel}
      description={t.cssKeys}
      classNames={{ input: classes.code }}
      value={value}
      autosize
      minRows={8}
      maxRows={24}
      spellCheck={false}
      autoComplete="off"
      onBlur={() => {
        leaving.current = false;
      }}
      onKeyDown={onKeyDown}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
