import { Skeleton, Stack, Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { FailureAlert } from '../../components/failure-alert.tsx';
import { usePhrases } from '../../i18n/language.tsx';
import { MessagePreview } from './message-preview.tsx';
import { type Draft, type TemplateChoice, useTemplatePreview } from './templates.queries.ts';

type Props = { choice: TemplateChoice; draft: Draft };

/** What becomes of a text while it is written, with made-up values. */
export function DraftPreview({ choice, draft }: Props) {
  const { templates: t } = usePhrases().messages;
  const [settled] = useDebouncedValue(draft, 300);
  const complete = settled.content !== '' && (choice.channel === 'Sms' || settled.subject !== '');
  const preview = useTemplatePreview(choice, complete ? settled : undefined);
  return (
    <Stack gap="sm">
      {preview.isPending && <Skeleton height={120} />}
      {preview.data && (
        <>
          {choice.channel === 'Email' && (
            <Text size="sm">
              <span className="quiet">{t.subject}:</span> {preview.data.rendered.subject}
            </Text>
          )}
          <MessagePreview
            content={preview.data.rendered.content}
            contentType={preview.data.rendered.contentType ?? 'text/html'}
          />
        </>
      )}
      {preview.isError && <FailureAlert error={preview.error} />}
    </Stack>
  );
}
