import type { Log } from '@latchkey/server/contract';
import { Button } from '@mantine/core';
import { Fragment } from 'react';

/** The name of an entry, which opens it; where it is too long for its column, it goes on after a dot. */
export function EventButton({ log, onShow }: { log: Log; onShow: (log: Log) => void }) {
  return (
    <Button
      variant="transparent"
      size="compact-sm"
      px={0}
      h="auto"
      ta="start"
      styles={{ label: { whiteSpace: 'normal', overflowWrap: 'break-word' } }}
      onClick={() => onShow(log)}
    >
      {log.key.split('.').map((part, index) => (
        <Fragment key={part}>
          {index > 0 && (
            <>
              .<wbr />
            </>
          )}
          {part}
        </Fragment>
      ))}
    </Button>
  );
}
