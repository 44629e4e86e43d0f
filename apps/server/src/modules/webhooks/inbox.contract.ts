import { z } from 'zod';
import { defineOperation, noContent, timestamp } from '../../kernel/wire.contract.ts';
import { deliveryStates, webhookEvent } from './webhooks.contract.ts';

const tag = 'Development inbox';

const inboxWebhook = z.object({
  id: z.string().describe('The message’s id, as in the header webhook-id.'),
  event: webhookEvent,
  objectType: z.string(),
  objectId: z.string(),
  webhook: z
    .object({ id: z.string(), name: z.string(), url: z.string() })
    .nullable()
    .describe('Who is told; null for an event that no webhook asked for.'),
  state: z.enum(deliveryStates).nullable().describe('How far the delivery is; null where nobody is told.'),
  lastStatus: z.number().int().nullable().describe('Status of the last answer.'),
  lastError: z.string().nullable().describe('Why the last attempt failed, in our words.'),
  createdAt: timestamp,
});
export type InboxWebhook = z.infer<typeof inboxWebhook>;

const request = {
  headers: z
    .record(z.string(), z.string())
    .describe('Headers of the last attempt, or of the first one to come, signed with the keys of today.'),
  body: z.string().describe('The very bytes that are signed: a JSON object on one line.'),
  signingKey: z
    .string()
    .describe('What the headers are signed with: the webhook’s key, or the inbox’s own one where nobody is told.'),
};

export const listInboxWebhooks = defineOperation({
  method: 'GET',
  path: '/api/development-inbox/webhooks',
  tag,
  summary: 'List webhook requests of the development inbox',
  description:
    'While the development inbox is on, each event of the tenant: what its webhooks are sent, or would be sent if one ' +
    'asked for the event. The newest first; the newest 200 are kept, for 7 days.',
  paging: 'always',
  response: { 200: z.array(inboxWebhook) },
});

export const getInboxWebhook = defineOperation({
  method: 'GET',
  path: '/api/development-inbox/webhooks/:messageId',
  tag,
  summary: 'Get a webhook request of the development inbox',
  description:
    'One request with its headers and its body, to be looked at or to be played to a receiver in the making.',
  params: z.object({ messageId: z.string().min(1).max(32) }),
  response: { 200: inboxWebhook.extend(request) },
  errors: { 404: ['entity.not_exists_with_id'] },
});

export const clearInboxWebhooks = defineOperation({
  method: 'DELETE',
  path: '/api/development-inbox/webhooks',
  tag,
  summary: 'Clear the webhook requests of the development inbox',
  description: 'Forgets all of them. Deliveries go on as they are.',
  response: { 204: noContent },
});
