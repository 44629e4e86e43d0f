import type { ConnectorContext, ConnectorFetchInit } from './connector.ts';
import { ConnectorError } from './connector-error.ts';

const TIMEOUT_MS = 5_000;
const MAX_BYTES = 1_048_576;

export type JsonObject = Readonly<Record<string, unknown>>;

export interface JsonAnswer {
  status: number;
  /** Null when the body is not a JSON object: it is then of no use, and never passed on. */
  body: JsonObject | null;
}

/** An answer whose form is the provider's own: `text` is all of it, and `body` what is left when it is a JSON object. */
export interface ProviderAnswer extends JsonAnswer {
  text: string;
}

export interface JsonListAnswer {
  status: number;
  /** Null when the body is not a JSON array. */
  body: readonly unknown[] | null;
}

type RequestInit = Omit<ConnectorFetchInit, 'timeoutMs' | 'maxBytes'>;

function fromFetchFailure(error: unknown, what: string): ConnectorError {
  const tooLarge = error instanceof Error && 'reason' in error && error.reason === 'too_large';
  return tooLarge
    ? new ConnectorError('invalid_response', `The provider's answer is too large (${what}).`, { cause: error })
    : new ConnectorError('general', `The provider could not be reached or did not answer in time (${what}).`, {
        cause: error,
      });
}

/** Undefined for what is no JSON. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Asks the provider within the connectors' bounds; `read` makes JSON of what was answered. */
async function request<Body>(
  context: ConnectorContext,
  what: string,
  url: string,
  init: RequestInit,
  read: (text: string) => Body,
): Promise<{ status: number; body: Body }> {
  try {
    const response = await context.fetch(url, {
      ...init,
      headers: { accept: 'application/json', ...init.headers },
      timeoutMs: TIMEOUT_MS,
      maxBytes: MAX_BYTES,
    });
    return { status: response.status, body: read(await response.text()) };
  } catch (error) {
    throw fromFetchFailure(error, what);
  }
}

/**
 * Asks the provider and reads a JSON object, within the connectors' bounds.
 * `what` names the step in the public message, such as `token`. `prefix` is what some providers write ahead of the
 * JSON; with `acceptForm` an answer in form encoding is read as well.
 */
export const requestJson = (
  context: ConnectorContext,
  what: string,
  url: string,
  init: RequestInit = {},
  { prefix = '', acceptForm = false }: { prefix?: string | undefined; acceptForm?: boolean | undefined } = {},
): Promise<JsonAnswer> =>
  request(context, what, url, init, (text) => {
    const value = parse(text.startsWith(prefix) ? text.slice(prefix.length) : text);
    if (isObject(value)) return value;
    return acceptForm && /^[\w.-]+=/.test(text) ? Object.fromEntries(new URLSearchParams(text)) : null;
  });

/** The same for an answer that is a JSON array. */
export const requestJsonList = (
  context: ConnectorContext,
  what: string,
  url: string,
  init: RequestInit = {},
): Promise<JsonListAnswer> =>
  request(context, what, url, init, (text) => {
    const value = parse(text);
    return Array.isArray(value) ? value : null;
  });

/** The same for providers that answer with JSON at one time and with a word or XML at another. */
export async function requestAnswer(
  context: ConnectorContext,
  what: string,
  url: string,
  init: RequestInit = {},
): Promise<ProviderAnswer> {
  const { status, body: text } = await request(context, what, url, init, (answered) => answered);
  const value = parse(text);
  return { status, text, body: isObject(value) ? value : null };
}

/** The part of an error answer that is fit for a log: the two members every OAuth error has, and no token by accident. */
export function errorMembers(body: JsonObject | null): unknown {
  if (!body) return undefined;
  const cut = (value: unknown): string | undefined => (typeof value === 'string' ? value.slice(0, 300) : undefined);
  return { error: cut(body.error), error_description: cut(body.error_description) };
}

/** The error for an answer that fits no case the caller knows: a provider in trouble, or one speaking another tongue. */
export function unexpectedAnswer(what: string, answer: JsonAnswer): ConnectorError {
  const cause = errorMembers(answer.body);
  return answer.status >= 500
    ? new ConnectorError('general', `The provider is in trouble (${what}, status ${answer.status}).`, { cause })
    : new ConnectorError('invalid_response', `The provider's answer is not understood (${what}).`, {
        data: { status: answer.status },
        cause,
      });
}
