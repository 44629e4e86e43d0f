import { z } from 'zod';
import { eventNames } from '../../kernel/events.contract.ts';
import {
  defineOperation,
  jsonObject,
  noContent,
  queryFlag,
  timestamp,
  webAddress,
} from '../../kernel/wire.contract.ts';
import { log, logWindow } from '../audit-logs/log.contract.ts';

const tag = 'Webhooks';

export const webhookEvent = z.enum(eventNames);
export type WebhookEvent = z.infer<typeof webhookEvent>;

/** Headers that the delivery itself decides. */
const RESERVED_HEADER = /^(host|connection|content-length|transfer-encoding|webhook-.*|logto-signature.*)$/i;
const MAX_HEADERS = 50;

const headers = z
  .record(
    z
      .string()
      .regex(/^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,128}$/, 'must be the name of a header')
      .refine((name) => !RESERVED_HEADER.test(name), 'is set by the delivery itself'),
    z
      .string()
      .max(4096)
      .regex(/^[\t\x20-\x7e]*$/, 'must be one line of visible characters'),
  )
  .refine((all) => Object.keys(all).length <= MAX_HEADERS, `at most ${MAX_HEADERS} headers`)
  .describe('Headers of your own that each request carries; stored encrypted.');

export const webhookConfig = z.object({
  url: webAddress
    .refine((url) => new URL(url).username === '' && new URL(url).password === '', 'must not carry a user or password')
    .describe('Where events are sent by POST.'),
  headers: headers.optional(),
  retries: z
    .number()
    .int()
    .min(0)
    .max(3)
    .optional()
    .describe('Deprecated: kept for clients that send it. Deliveries are tried for 24 hours.'),
});
export type WebhookConfig = z.infer<typeof webhookConfig>;

const executionStats = z
  .object({
    successCount: z.number().int(),
    requestCount: z.number().int(),
    medianMs: z.number().int().nullable().describe('Half of the requests were answered within this time.'),
    p95Ms: z.number().int().nullable().describe('95 of 100 requests were answered within this time.'),
    pendingCount: z.number().int().describe('Deliveries that wait for their first or next attempt.'),
    deadCount: z.number().int().describe('Deliveries that were given up and can be sent again.'),
  })
  .describe('The last 24 hours: requests made, of which answered with 2xx, and how fast.');
export type ExecutionStats = z.infer<typeof executionStats>;

const name = z.string().min(1).max(256);

export const webhook = z.object({
  tenantId: z.string(),
  id: z.string(),
  name: z.string(),
  event: webhookEvent.nullable().describe('Deprecated, always null: see events.'),
  events: z.array(webhookEvent),
  config: webhookConfig,
  signingKey: z
    .string()
    .describe('Key of logto-signature-sha-256 (HMAC-SHA256, hex), and secret for any Standard Webhooks library.'),
  previousSigningKeyUntil: timestamp
    .nullable()
    .describe('Until then requests are also signed with the key before the last rotation.'),
  enabled: z.boolean(),
  retryAt: timestamp.nullable().describe('When a receiver that keeps failing is tried next.'),
  createdAt: timestamp,
  executionStats: executionStats.optional(),
});
export type Webhook = z.infer<typeof webhook>;

const events = z.array(webhookEvent).max(eventNames.length);
const fields = {
  tenantId: z.string().max(21).optional().describe('Accepted for older clients; the tenant is that of the request.'),
  name: name.optional(),
  event: webhookEvent.nullable().optional().describe('Deprecated: one event. Send events.'),
  events: events.optional(),
  enabled: z.boolean().optional(),
  createdAt: timestamp.optional().describe('Accepted for older clients; the server keeps the time itself.'),
};
const createBody = z.object({ ...fields, config: webhookConfig });
export type CreateWebhook = z.input<typeof createBody>;
const updateBody = z.object({ ...fields, config: webhookConfig.optional() });
export type UpdateWebhook = z.input<typeof updateBody>;

const id = z.object({ id: z.string().min(1).max(21) });
const deliveryId = id.extend({ deliveryId: z.string().min(1).max(32) });
const notFound = { 404: ['entity.not_exists_with_id'] } as const;
const withStats = z.object({
  includeExecutionStats: queryFlag.describe('true: with figures of the last 24 hours.'),
});

export const listWebhooks = defineOperation({
  method: 'GET',
  path: '/api/hooks',
  tag,
  summary: 'List webhooks',
  description: 'Webhooks of the tenant, the newest first.',
  query: withStats,
  paging: 'optional',
  response: { 200: z.array(webhook) },
});

export const createWebhook = defineOperation({
  method: 'POST',
  path: '/api/hooks',
  tag,
  summary: 'Create a webhook',
  description:
    'Sends the chosen events to an address, signed with the key that the answer carries. An event is written in the ' +
    'transaction of its change and delivered at least once: retried for 24 hours, in order for each object.',
  body: createBody,
  response: { 201: webhook },
  errors: { 400: ['hook.missing_events'] },
});

export const getWebhook = defineOperation({
  method: 'GET',
  path: '/api/hooks/:id',
  tag,
  summary: 'Get a webhook',
  description: 'One webhook with its signing key.',
  params: id,
  query: withStats,
  response: { 200: webhook },
  errors: notFound,
});

export const updateWebhook = defineOperation({
  method: 'PATCH',
  path: '/api/hooks/:id',
  tag,
  summary: 'Update a webhook',
  description:
    'Changes what is sent and keeps the rest; config is replaced as a whole. What waits for a disabled webhook is ' +
    'sent when it is enabled again within 24 hours.',
  params: id,
  body: updateBody,
  response: { 200: webhook },
  errors: { 400: ['hook.missing_events'], 404: ['entity.not_exists_with_id'] },
});

export const deleteWebhook = defineOperation({
  method: 'DELETE',
  path: '/api/hooks/:id',
  tag,
  summary: 'Delete a webhook',
  description: 'What waits for it is dropped, and its recent requests go with it.',
  params: id,
  response: { 204: noContent },
  errors: notFound,
});

export const rotateSigningKey = defineOperation({
  method: 'PATCH',
  path: '/api/hooks/:id/signing-key',
  tag,
  summary: 'Rotate the signing key',
  description:
    'Makes a new key. For 24 hours requests carry both signatures: webhook-signature lists two, and ' +
    'logto-signature-sha-256-previous is made with the old key.',
  params: id,
  response: { 200: webhook },
  errors: notFound,
});

export const testWebhook = defineOperation({
  method: 'POST',
  path: '/api/hooks/:id/test',
  tag,
  summary: 'Send test events',
  description: 'Sends a made-up payload of each event to the address in the body, signed with the webhook’s key.',
  params: id,
  body: z.object({
    events: events.min(1),
    config: webhookConfig,
    event: webhookEvent.optional().describe('Deprecated: add it to events.'),
  }),
  response: { 204: noContent },
  errors: {
    404: ['entity.not_exists_with_id'],
    422: ['hook.send_test_payload_failed', 'hook.endpoint_responded_with_error'],
  },
});

export const listRecentRequests = defineOperation({
  method: 'GET',
  path: '/api/hooks/:id/recent-logs',
  tag,
  summary: 'List recent requests',
  description:
    'Each attempt of the last seven days, the newest first. payload.params tells the delivery, the number of the ' +
    'attempt, the status and the milliseconds it took. What the receiver answered is never kept.',
  params: id,
  query: z.object({
    logKey: z.string().max(128).optional().describe('TriggerHook.<event>: requests of this event alone.'),
    ...logWindow,
  }),
  paging: 'always',
  response: { 200: z.array(log) },
  errors: { 400: ['log.invalid_time_window'], 404: ['entity.not_exists_with_id'] },
});

// Deliveries ---------------------------------------------------------------------------------------------------------

export const deliveryStates = ['pending', 'delivered', 'dead'] as const;
export type DeliveryState = (typeof deliveryStates)[number];

export const webhookDelivery = z.object({
  id: z.string().describe('Also the header webhook-id, the same in every attempt: a receiver drops what it has seen.'),
  webhookId: z.string(),
  event: webhookEvent,
  objectType: z.string(),
  objectId: z.string(),
  state: z.enum(deliveryStates).describe('dead: given up after 24 hours; it can be sent again.'),
  attempts: z.number().int(),
  dueAt: timestamp.nullable().describe('When it is tried next.'),
  lastStatus: z.number().int().nullable().describe('Status of the last answer.'),
  lastError: z.string().nullable().describe('Why the last attempt failed, in our words.'),
  createdAt: timestamp,
  finishedAt: timestamp.nullable(),
});
export type WebhookDelivery = z.infer<typeof webhookDelivery>;

export const listDeliveries = defineOperation({
  method: 'GET',
  path: '/api/hooks/:id/deliveries',
  tag,
  summary: 'List deliveries',
  description: 'What waits, what arrived in the last seven days, or what was given up in the last thirty.',
  params: id,
  query: z.object({ state: z.enum(deliveryStates).default('dead').describe('Only those in this state.') }),
  paging: 'always',
  response: { 200: z.array(webhookDelivery) },
  errors: notFound,
});

export const getDelivery = defineOperation({
  method: 'GET',
  path: '/api/hooks/:id/deliveries/:deliveryId',
  tag,
  summary: 'Get a delivery',
  description: 'One delivery with the body that is sent.',
  params: deliveryId,
  response: { 200: webhookDelivery.extend({ body: jsonObject }) },
  errors: notFound,
});

export const resendDelivery = defineOperation({
  method: 'POST',
  path: '/api/hooks/:id/deliveries/:deliveryId/resend',
  tag,
  summary: 'Send a delivery again',
  description: 'Tries it for another 24 hours, with the same id and body.',
  params: deliveryId,
  response: { 200: webhookDelivery },
  errors: { 404: ['entity.not_exists_with_id'], 422: ['hook.delivery_pending'] },
});

export const resendDeadDeliveries = defineOperation({
  method: 'POST',
  path: '/api/hooks/:id/deliveries/resend',
  tag,
  summary: 'Send all dead deliveries again',
  description: 'Tries everything that was given up for another 24 hours. Answers how many there are.',
  params: id,
  response: { 200: z.object({ count: z.number().int() }) },
  errors: notFound,
});
