import { useLanguage } from './language.tsx';

/** How times are written: a day of the calendar, a time of day with it, and to the second where entries are told apart by it. */
const PRECISIONS = {
  day: { dateStyle: 'medium' },
  minute: { dateStyle: 'medium', timeStyle: 'short' },
  second: { dateStyle: 'medium', timeStyle: 'medium' },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>;

export type Precision = keyof typeof PRECISIONS;

/** Writes times in the Console's language, and the same way on every page. */
export function useTimeFormat(precision: Precision): Intl.DateTimeFormat {
  const { language } = useLanguage();
  return new Intl.DateTimeFormat(language, PRECISIONS[precision]);
}
