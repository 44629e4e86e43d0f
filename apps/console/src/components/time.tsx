import { type Precision, useTimeFormat } from '../i18n/time-format.ts';

/** A moment as it stands in a table: in a narrow column it is broken between the day and the time only. */
export function Time({ at, precision }: { at: number; precision: Precision }) {
  const format = useTimeFormat(precision);
  return (
    <time dateTime={new Date(at).toISOString()} style={{ overflowWrap: 'normal' }}>
      {format.format(at)}
    </time>
  );
}
