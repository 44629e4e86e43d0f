const ISO = 'yyyy-MM-dd';

/** Tokens of a date format, as Unicode's date field symbols name them. */
const TOKENS: Readonly<Record<string, string>> = {
  yyyy: '(?<year>\\d{4})',
  MM: '(?<month>\\d{2})',
  dd: '(?<day>\\d{2})',
};

interface PlainDate {
  year: string;
  month: string;
  day: string;
}

function parse(text: string, format: string): PlainDate | undefined {
  const pattern = format.replaceAll(/yyyy|MM|dd|[^\w\s]/g, (piece) => TOKENS[piece] ?? `\\${piece}`);
  const { groups } = new RegExp(`^${pattern}$`).exec(text) ?? {};
  if (!groups?.year || !groups.month || !groups.day) return undefined;
  const { year, month, day } = groups as unknown as PlainDate;
  const date = new Date(`${year}-${month}-${day}T00:00:00Z`);
  // 31 February is moved to March by the calendar, and so found out.
  return date.getUTCDate() === Number(day) && date.getUTCMonth() + 1 === Number(month)
    ? { year, month, day }
    : undefined;
}

/** True for a format that has a year, a month and a day, once each. */
const isWhole = (format: string): boolean => ['yyyy', 'MM', 'dd'].every((token) => format.split(token).length === 2);

/**
 * A date as it is kept: in the field's own format. Date inputs of browsers send `yyyy-MM-dd`, which is always
 * understood; a format of another kind than numbers leaves the date as ISO 8601.
 */
export function readDate(
  text: string,
  config: { format?: string | undefined; customFormat?: string | undefined },
): string | undefined {
  const wanted = config.format === 'Custom' ? config.customFormat : config.format;
  const format = wanted && isWhole(wanted) ? wanted : ISO;
  const date = parse(text, format) ?? parse(text, ISO);
  if (!date) return undefined;
  return format.replace('yyyy', date.year).replace('MM', date.month).replace('dd', date.day);
}
