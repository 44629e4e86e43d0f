import { Skeleton, Text } from '@mantine/core';
import { type ComponentProps, lazy, Suspense, useId } from 'react';
import { usePhrases } from '../i18n/language.tsx';

/** The editor is large, so it comes with the first page that shows one. */
const CodeEditor = lazy(() => import('./code-editor.tsx'));

type Props = Omit<ComponentProps<typeof CodeEditor>, 'describedBy'> & {
  /** Leaves the visible label out where a heading already says it. */
  bare?: boolean;
};

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
      <Suspense fallback={<Skeleton height={160} />}>
        <CodeEditor {...editor} describedBy={hintId} />
      </Suspense>
      <Text size="xs" className="quiet" mt={4} id={hintId}>
        {form.codeKeys}
      </Text>
    </div>
  );
}
