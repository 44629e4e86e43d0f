import { ApiError } from '../../api/api-error.ts';

/** One line of what was said: by us, by the other side, or a note about the connection. */
export interface SpokenLine {
  speaker: 'us' | 'them' | 'note';
  text: string;
  /** The line that says no. */
  isRefusal: boolean;
}

/** What to look at next. */
export type Advice =
  | 'unreachable'
  | 'silent'
  | 'encryption'
  | 'credentials'
  | 'recipient'
  | 'sender'
  | 'message'
  | 'content'
  | 'template'
  | 'quota'
  | 'later'
  | 'provider';

interface FailureData {
  dialogue?: unknown;
  responseCode?: unknown;
  status?: unknown;
}

const dataOf = (error: unknown): FailureData =>
  error instanceof ApiError && typeof error.data === 'object' && error.data !== null ? error.data : {};

const SPEAKERS = { 'C: ': 'us', 'S: ': 'them', '-- ': 'note' } as const;

function toLine(line: string): Omit<SpokenLine, 'isRefusal'> {
  const speaker = SPEAKERS[line.slice(0, 3) as keyof typeof SPEAKERS];
  // Providers that are asked over HTTP have one answer, whose lines are theirs.
  return speaker ? { speaker, text: line.slice(3) } : { speaker: 'them', text: line };
}

/** What was said between us and the provider, line by line; nothing when nothing was. */
export function spokenLines(error: unknown): SpokenLine[] {
  const { dialogue } = dataOf(error);
  if (typeof dialogue !== 'string') return [];
  const lines = dialogue.split('\n').filter(Boolean).map(toLine);
  const refusal = lines.findLastIndex(({ speaker, text }) => speaker === 'them' && /^(?:HTTP )?[45]\d\d\b/.test(text));
  return lines.map((line, index) => ({ ...line, isRefusal: index === refusal }));
}

/** Where a mail server's dialogue broke off, when it refused nothing. */
function whereItBrokeOff(lines: readonly SpokenLine[]): Advice {
  const noted = (text: string) => lines.some(({ speaker, text: said }) => speaker === 'note' && said === text);
  if (!noted('connected')) return 'unreachable';
  if (!lines.some(({ speaker }) => speaker === 'them')) return 'silent';
  const spoken = lines.filter(({ speaker }) => speaker !== 'note');
  return spoken.some(({ text }) => text === 'STARTTLS') ? 'encryption' : 'later';
}

const isSmtp = (lines: readonly SpokenLine[]) => lines.some(({ speaker }) => speaker !== 'them');

/** What a mail server refused: the sender, the recipient, encryption, or the message itself. */
function whatWasRefused(lines: readonly SpokenLine[], code: string): Advice | undefined {
  const index = lines.findIndex(({ isRefusal }) => isRefusal);
  const asked = lines
    .slice(0, Math.max(index, 0))
    .findLast(({ speaker }) => speaker === 'us')
    ?.text.toUpperCase();
  if (asked?.startsWith('MAIL FROM')) return 'sender';
  if (asked?.startsWith('RCPT TO')) return 'recipient';
  if (asked === 'STARTTLS') return 'encryption';
  return index >= 0 && code === 'connector.invalid_response' ? 'content' : undefined;
}

const BY_CODE: Record<string, Advice> = {
  'connector.authorization_failed': 'credentials',
  'connector.invalid_config': 'sender',
  'connector.invalid_request_parameters': 'recipient',
  'connector.invalid_response': 'message',
  'connector.template_not_found': 'template',
  'connector.template_not_supported': 'template',
  'connector.usage_limit_exceeded': 'quota',
  'connector.rate_limit_exceeded': 'later',
};

/** What an administrator should look at next after a message that was not sent. */
export function adviceOf(error: unknown): Advice | undefined {
  if (!(error instanceof ApiError) || !error.code.startsWith('connector.')) return undefined;
  const { status } = dataOf(error);
  const lines = spokenLines(error);
  if (isSmtp(lines)) {
    const refused = whatWasRefused(lines, error.code);
    if (refused) return refused;
    if (error.code === 'connector.general') return whereItBrokeOff(lines);
  }
  if (error.code === 'connector.general') return status === undefined ? 'unreachable' : 'provider';
  return BY_CODE[error.code];
}
