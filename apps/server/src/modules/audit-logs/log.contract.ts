import { z } from 'zod';
import { enableCap, jsonObject, timestamp } from '../../kernel/wire.contract.ts';

const userAgentParsed = z
  .object({
    ua: z.string().optional(),
    browser: z.object({ name: z.string().optional(), version: z.string().optional() }).optional(),
    device: z
      .object({ model: z.string().optional(), type: z.string().optional(), vendor: z.string().optional() })
      .optional(),
    engine: z.object({ name: z.string().optional(), version: z.string().optional() }).optional(),
    os: z.object({ name: z.string().optional(), version: z.string().optional() }).optional(),
  })
  .describe('The device, read from the user agent.');

/** What an entry of a log tells; the wire's payload is open, so that each key may add its own facts. */
export const logPayload = z.looseObject({
  key: z.string(),
  result: z.enum(['Success', 'Error']),
  error: z.union([jsonObject, z.string()]).optional(),
  ip: z.string().optional(),
  userAgent: z.string().optional(),
  userAgentParsed: userAgentParsed.optional(),
  userId: z.string().optional(),
  applicationId: z.string().optional(),
  sessionId: z.string().optional(),
  params: jsonObject.optional(),
});
export type LogPayload = z.infer<typeof logPayload>;

/** An entry of the audit trail or of a webhook's recent requests. */
export const log = z.object({
  tenantId: z.string(),
  id: z.string(),
  key: z.string(),
  payload: logPayload,
  createdAt: timestamp,
});
export type Log = z.infer<typeof log>;

const MAX_TIME = 8_640_000_000_000_000;
const time = z.coerce.number().int().min(0).max(MAX_TIME).optional();

/** The time window of a log; both ends are optional and belong to it. */
export const logWindow = {
  start_time: time.describe('Entries from this time on, in milliseconds since 1970.'),
  end_time: time.describe('Entries up to this time, in milliseconds since 1970.'),
  enableCap,
};
