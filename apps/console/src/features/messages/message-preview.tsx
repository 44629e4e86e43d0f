import { Box, SegmentedControl, Stack } from '@mantine/core';
import { useState } from 'react';
import { usePhrases } from '../../i18n/language.tsx';
import classes from './messages.module.css';

type Props = { content: string; contentType: 'text/html' | 'text/plain' };

/** A message as it looks and as it is written. The frame has no rights: no scripts, no forms, no access to this page. */
export function MessagePreview({ content, contentType }: Props) {
  const { inbox: t } = usePhrases().messages;
  const [view, setView] = useState<'rendered' | 'raw'>('rendered');
  const isHtml = contentType === 'text/html';
  return (
    <Stack gap="sm">
      {isHtml && (
        <SegmentedControl
          value={view}
          onChange={(value) => setView(value === 'raw' ? 'raw' : 'rendered')}
          data={[
            { value: 'rendered', label: t.rendered },
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
          {content}
        </Box>
      )}
    </Stack>
  );
}
