import { Box, SegmentedControl, Stack } from '@mantine/core';
import { useState } from 'react';
import { usePhrases } from '../../i18n/language.tsx';
import classes from './messages.module.css';

type Props = { content: string; contentType: 'text/html' | 'text/plain'; text?: string | undefined };
type View = 'rendered' | 'text' | 'raw';

/** A message as it looks and as it is written. The frame has no rights: no scripts, no forms, no access to this page. */
export function MessagePreview({ content, contentType, text }: Props) {
  const { inbox: t } = usePhrases().messages;
  const [view, setView] = useState<View>('rendered');
  const isHtml = contentType === 'text/html';
  return (
    <Stack gap="sm">
      {isHtml && (
        <SegmentedControl
          value={view}
          onChange={(value) => setView(value as View)}
          data={[
            { value: 'rendered', label: t.rendered },
            ...(text === undefined ? [] : [{ value: 'text', label: t.text }]),
            { value: 'raw', label: t.raw },
          ]}
          size="xs"
          style={{ alignSelf: 'flex-start' }}
        />
      )}
      {isHtml && view === 'rendered' ? (
        <iframe className={classes.frame} sandbox="" srcDoc={content} title={t.frame} referrerPolicy="no-referrer" />
      ) : (
        <Box component="pre" className={classes.source}>
          {isHtml && view === 'text' ? text : content}
        </Box>
      )}
    </Stack>
  );
}
