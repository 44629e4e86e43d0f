import type { ConnectorContext } from './connector.ts';
import { ConnectorError, type ConnectorErrorCode } from './connector-error.ts';
import { type ProviderAnswer, requestAnswer, unexpectedAnswer } from './http.ts';
import type { MessageReceipt } from './message.ts';

/** What an answer comes to: the provider took the message, or says why it does not. */
export type Verdict =
  | { taken: true; messageId?: string | undefined }
  | { taken: false; code?: string | undefined; sentence?: string | undefined };

/** Identifiers, codes and sentences come as texts or as numbers; anything else says nothing. */
const asText = (value: unknown): string | undefined =>
  (typeof value === 'string' && value !== '') || typeof value === 'number' ? String(value) : undefined;

export const taken = (messageId?: unknown): Verdict => ({ taken: true, messageId: asText(messageId) });

/** A refusal in the provider's own code and words, as far as it gives any. */
export const refused = (code?: unknown, sentence?: unknown): Verdict => ({
  taken: false,
  code: asText(code),
  sentence: asText(sentence),
});

/** One message as one request, and how its answer is to be read. */
export interface MessageExchange {
  url: string;
  method?: 'GET' | 'POST';
  headers?: Readonly<Record<string, string>>;
  /** The body as JSON; or `form`, whose undefined members are left out; or a `body` that is already written. */
  json?: unknown;
  form?: Readonly<Record<string, string | undefined>>;
  body?: string;
  /** Values that may stand in no log, even if the provider repeats them. */
  secrets: readonly (string | undefined)[];
  /** What the provider's codes mean where their HTTP status does not say it. */
  codes?: Readonly<Record<string, ConnectorErrorCode>> | ((code: string) => ConnectorErrorCode | undefined);
  /** Reads an answer; undefined when it is none that the provider documents. */
  verdict(answer: ProviderAnswer): Verdict | undefined;
}

/** What the kit's codes mean of a message, in words that give nothing away. */
const REASONS: Partial<Record<ConnectorErrorCode, string>> = {
  authorization_failed: 'The provider refuses the credentials.',
  rate_limit_exceeded: 'The provider takes no more messages for now.',
  usage_limit_exceeded: 'The account’s balance or quota at the provider is used up.',
  invalid_config: 'The provider refuses the sender or another setting.',
  template_not_found: 'The provider does not know the template.',
  invalid_request_parameters: 'The provider refuses the message or its recipient.',
};

const BY_STATUS: Readonly<Record<number, ConnectorErrorCode>> = {
  401: 'authorization_failed',
  402: 'usage_limit_exceeded',
  403: 'authorization_failed',
  429: 'rate_limit_exceeded',
};

const meaningOf = (codes: NonNullable<MessageExchange['codes']>, code: string): ConnectorErrorCode | undefined =>
  typeof codes === 'function' ? codes(code) : Object.hasOwn(codes, code) ? codes[code] : undefined;

const LONGEST_SENTENCE = 1000;
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for.
const CONTROLS = /[\u0000-\u001f\u007f\u2028\u2029]+/g;

/** The provider's code and sentence for the administrators: one line, so that no log entry is forged, and no secret. */
function toDialogue(
  status: number,
  { code, sentence }: Verdict & { taken: false },
  secrets: readonly string[],
): string {
  let line = [code, sentence].filter((part) => part !== undefined).join(': ');
  for (const secret of secrets) line = line.replaceAll(secret, '******');
  line = line.replace(CONTROLS, ' ').slice(0, LONGEST_SENTENCE);
  return line ? `HTTP ${status}\n${line}` : `HTTP ${status}`;
}

function bodyOf({ json, form, body }: MessageExchange): { type: string; body: string } | undefined {
  if (json !== undefined) return { type: 'application/json', body: JSON.stringify(json) };
  if (form !== undefined) {
    const given = Object.entries(form).filter((entry): entry is [string, string] => entry[1] !== undefined);
    return { type: 'application/x-www-form-urlencoded', body: new URLSearchParams(given).toString() };
  }
  return body === undefined ? undefined : { type: 'application/x-www-form-urlencoded', body };
}

/**
 * Hands a message to a provider over HTTP and reads what it answers.
 * A refusal keeps the provider's sentence in the error's dialogue, which only administrators see.
 */
export async function handOver(context: ConnectorContext, exchange: MessageExchange): Promise<MessageReceipt> {
  const { url, method = 'POST', headers, codes = {} } = exchange;
  const sent = bodyOf(exchange);
  const answer = await requestAnswer(context, 'message', url, {
    method,
    headers: { ...(sent && { 'content-type': sent.type }), ...headers },
    ...(sent && { body: sent.body }),
  });
  const known = BY_STATUS[answer.status];
  const verdict = exchange.verdict(answer) ?? (known && refused());
  if (!verdict) throw unexpectedAnswer('message', answer);
  if (verdict.taken) return { answer: `HTTP ${answer.status}`, messageId: verdict.messageId };
  const code =
    meaningOf(codes, verdict.code ?? '') ?? known ?? (answer.status >= 500 ? 'general' : 'invalid_request_parameters');
  throw new ConnectorError(code, REASONS[code] ?? 'The provider could not send the message.', {
    data: { status: answer.status },
    dialogue: toDialogue(
      answer.status,
      verdict,
      exchange.secrets.filter((secret) => secret !== undefined && secret !== '') as string[],
    ),
  });
}
