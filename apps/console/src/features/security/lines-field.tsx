import { Textarea } from '@mantine/core';
import { useState } from 'react';

type Props = { label: string; description: string; value: string[]; onChange: (lines: string[]) => void };

const linesOf = (text: string) =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
const isSame = (one: string[], other: string[]) => one.join('\n') === other.join('\n');

/** A list that is written one entry a line, so that a long one can be pasted. */
export function LinesField({ value, onChange, ...texts }: Props) {
  // Empty lines and spaces stay while somebody types; a list that changed elsewhere replaces the text.
  const [text, setText] = useState(value.join('\n'));
  const shown = isSame(linesOf(text), value) ? text : value.join('\n');
  return (
    <Textarea
      {...texts}
      value={shown}
      autosize
      minRows={4}
      maxRows={16}
      spellCheck={false}
      autoComplete="off"
      onChange={({ currentTarget }) => {
        setText(currentTarget.value);
        onChange(linesOf(currentTarget.value));
      }}
    />
  );
}
