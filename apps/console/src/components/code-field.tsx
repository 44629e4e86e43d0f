import { Skeleton, Text } from '@mantine/core';
import { type ComponentProps, lazy, Suspense, useId } from 'react';
import { usePhrases } from '../i18n/language.tsx';

/** The editor is large, so it comes with the first page that shows one. */
const CodeEditor = lazy(() => import('./code-editor.tsx'));

type Props = Omit<ComponentProps<typeof CodeEditor>, 'describedBy'> & {
  /** Leaves the visible label out where a heading already says it. */
  bare?: boolean;
};

/** As high as the editor is going to be: its lines and its border, within the bounds that its style sheet reads too. */
const heightOf = (code: string) =>
  `calc(clamp(var(--code-min-height, 8rem), ${code.split('\n').length * 1.3 + 0.5}rem, var(--code-height, 30rem)) + 2px)`;

/** A labelled field for code. */
export function CodeField({ bare = false, ...editor }: Props) {
  const { form } = usePhrases().shell;
  const hintId = useId();
  return (
    <div>
      {!bare && (
        <Text size="sm" fw={500} mb={4}>
          {editor.label}
        </Text>
      )}
      <Suspense fallback={<Skeleton height={heightOf(editor.value)} />}>
        <CodeEditor {...editor} describedBy={hintId} />
      </Suspense>
      <Text size="xs" className="quiet" mt={4} id={hintId}>
        {form.codeKeys}
      </Text>
    </div>
  );
}
