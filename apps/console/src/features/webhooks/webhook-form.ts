import type { ConsolePhrases } from '@latchkey/phrases/console';
import type { CreateWebhook, Webhook, WebhookEvent } from '@latchkey/server/contract';

export interface WebhookFormValues {
  name: string;
  url: string;
  events: WebhookEvent[];
  /** One header a line. */
  headers: string;
  enabled: boolean;
}

export const emptyForm: WebhookFormValues = { name: '', url: '', events: [], headers: '', enabled: true };

export const toFormValues = ({ name, config, events, enabled }: Webhook): WebhookFormValues => ({
  name,
  url: config.url,
  events,
  headers: Object.entries(config.headers ?? {})
    .map(([header, value]) => `${header}: ${value}`)
    .join('\n'),
  enabled,
});

const linesOf = (text: string) => text.split('\n').filter((line) => line.trim() !== '');

const readHeaders = (text: string): Record<string, string> =>
  Object.fromEntries(
    linesOf(text).map((line) => {
      const colon = line.indexOf(':');
      return [line.slice(0, colon).trim(), line.slice(colon + 1).trim()];
    }),
  );

export const toBody = ({ name, url, events, headers, enabled }: WebhookFormValues): CreateWebhook => ({
  name: name.trim(),
  events,
  enabled,
  config: { url: url.trim(), headers: readHeaders(headers) },
});

const isAddress = (text: string) => URL.canParse(text.trim()) && /^https?:$/.test(new URL(text.trim()).protocol);

/** What is wrong with the form, field by field. */
export const validateForm = ({ webhooks: t, shell }: ConsolePhrases) => ({
  name: (value: string) => (value.trim() === '' ? shell.form.required : null),
  url: (value: string) => (isAddress(value) ? null : t.urlInvalid),
  events: (value: WebhookEvent[]) => (value.length === 0 ? t.eventsMissing : null),
  headers: (value: string) => (linesOf(value).every((line) => /^[^\s:]+\s*:/.test(line)) ? null : t.headersInvalid),
});
