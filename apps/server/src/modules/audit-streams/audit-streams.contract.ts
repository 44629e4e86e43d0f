import { z } from 'zod';
import { defineOperation, noContent, timestamp, webAddress } from '../../kernel/wire.contract.ts';

const tag = 'Audit logs';
const path = '/api/configs/audit-streams';

export const auditStreamTypes = ['syslog', 'http'] as const;
export type AuditStreamType = (typeof auditStreamTypes)[number];

const host = z
  .string()
  .max(253)
  .regex(/^[A-Za-z0-9.:_-]+$/, 'must be a host name or an address')
  .describe('Host name or address of the receiver.');

const certificate = z
  .string()
  .max(65_536)
  .regex(/-----BEGIN CERTIFICATE-----[\s\S]+-----END CERTIFICATE-----/, 'must be a certificate in PEM')
  .nullable()
  .default(null);

const enabled = z.boolean().default(true).describe('Switched off, a stream keeps its place and goes on from there.');

export const syslogDestination = z.object({
  host,
  port: z.number().int().min(1).max(65_535),
  tls: z.boolean().default(true).describe('TLS (RFC 5425). Without it entries travel readable.'),
  certificate: certificate.describe(
    'Certificate of the authority that signed the receiver’s, or of the receiver itself; null: the public ones.',
  ),
});
export type SyslogDestination = z.infer<typeof syslogDestination>;

export const httpDestination = z.object({
  url: webAddress
    .refine((url) => new URL(url).username === '' && new URL(url).password === '', 'must not carry a user or password')
    .describe('Where batches are sent by POST.'),
});
export type HttpDestination = z.infer<typeof httpDestination>;

const status = z
  .object({
    sentCount: z.number().int().describe('Entries that the receiver has taken.'),
    lastSentAt: timestamp.nullable(),
    waitingCount: z.number().int().describe('Entries that wait; counting stops at 10,000.'),
    oldestWaitingAt: timestamp.nullable().describe('Time of the oldest entry that waits: how far behind it is.'),
    failures: z.number().int().describe('Attempts that failed since the last success.'),
    lastError: z.string().nullable(),
    retryAt: timestamp.nullable().describe('When it is tried again.'),
  })
  .describe('How far it is.');
export type AuditStreamStatus = z.infer<typeof status>;

const syslogStream = syslogDestination.extend({ type: z.literal('syslog'), enabled: z.boolean(), status });
const httpStream = httpDestination.extend({
  type: z.literal('http'),
  enabled: z.boolean(),
  hasToken: z.boolean().describe('Whether requests carry a token; it is never shown.'),
  status,
});
export const auditStream = z.discriminatedUnion('type', [syslogStream, httpStream]);
export type AuditStream = z.infer<typeof auditStream>;

export const listAuditStreams = defineOperation({
  method: 'GET',
  path,
  tag,
  summary: 'List the streams of the audit logs',
  description:
    'Where the entries of the audit logs are sent as they come, and how far each stream is. Entries are sent within a ' +
    'minute and at least once: after a failure a batch is sent again, its entries with the same ids. What retention ' +
    'deletes before it could be sent is not sent.',
  response: { 200: z.array(auditStream) },
});

export const putSyslogStream = defineOperation({
  method: 'PUT',
  path: `${path}/syslog`,
  tag,
  summary: 'Stream the audit logs to syslog',
  description:
    'Sends each entry from now on as a message of RFC 5424 in frames with octet counting over TCP, facility 13 (log ' +
    'audit), severity 6 or, for failures, 4; the text is the entry as JSON. A stream that exists keeps its place. A ' +
    'batch counts as taken when the receiver has read all of it and closes the connection.',
  body: syslogDestination.extend({ enabled }),
  response: { 200: syslogStream },
});

export const putHttpStream = defineOperation({
  method: 'PUT',
  path: `${path}/http`,
  tag,
  summary: 'Stream the audit logs by HTTP',
  description:
    'Sends entries from now on by POST in batches of at most 200, one JSON object a line (application/x-ndjson). A ' +
    'stream that exists keeps its place. A batch counts as taken when the receiver answers 2xx.',
  body: httpDestination.extend({
    enabled,
    token: z
      .string()
      .min(1)
      .max(4096)
      .regex(/^[\x21-\x7e]+$/, 'must be one line of visible characters without spaces')
      .nullable()
      .optional()
      .describe(
        'Sent as a bearer token; stored encrypted. null removes it; left out, it is kept while the origin of the ' +
          'address stays the same.',
      ),
  }),
  response: { 200: httpStream },
});

const params = z.object({ type: z.enum(auditStreamTypes) });

export const deleteAuditStream = defineOperation({
  method: 'DELETE',
  path: `${path}/:type`,
  tag,
  summary: 'End a stream of the audit logs',
  description:
    'Sends nothing more and forgets the place: a stream that is made anew begins with the entries from then.',
  params,
  response: { 204: noContent },
  errors: { 404: ['entity.not_exists_with_id'] },
});

export const testAuditStream = defineOperation({
  method: 'POST',
  path: `${path}/:type/test`,
  tag,
  summary: 'Test a stream of the audit logs',
  description: 'Sends one made-up entry, with the key AuditStream.Test, the way that entries are sent.',
  params,
  response: { 204: noContent },
  errors: { 404: ['entity.not_exists_with_id'], 422: ['log.stream_test_failed'] },
});
