import { z } from 'zod';
import { defineOperation, jsonObject, timestamp } from '../../kernel/wire.contract.ts';
import { log, logWindow } from './log.contract.ts';

const tag = 'Audit logs';

export const auditKinds = ['protocol', 'signIn', 'change'] as const;
export type AuditKind = (typeof auditKinds)[number];

const target = {
  targetType: z.string().min(1).max(64).describe('What kind of object, such as User or Application.'),
  targetId: z.string().min(1).max(2048).describe('Its id.'),
};

const filters = {
  userId: z.string().max(128).optional().describe('Entries that concern this user.'),
  applicationId: z.string().max(2048).optional().describe('Entries that concern this application.'),
  logKey: z.string().max(128).optional().describe('Entries with this key, such as ExchangeTokenBy.RefreshToken.'),
  kind: z
    .enum(auditKinds)
    .optional()
    .describe('protocol: token requests. signIn: steps of sign-ins. change: all that administrators and users change.'),
  result: z.enum(['Success', 'Error']).optional().describe('Only what was done, or only what was refused.'),
  search: z
    .string()
    .max(256)
    .optional()
    .describe(
      'What the entry contains (key, actor, target, address, any text of the payload), in any case: words that must ' +
        'all be there; "…" keeps words together, - leaves entries out. Token requests are not searched.',
    ),
  targetType: target.targetType.optional().describe('Entries about objects of this kind, such as User.'),
  targetId: target.targetId.optional().describe('Entries about the object with this id.'),
  start_time: logWindow.start_time,
  end_time: logWindow.end_time,
};

export const listLogs = defineOperation({
  method: 'GET',
  path: '/api/logs',
  tag,
  summary: 'List audit logs',
  description:
    'What happened in the tenant, the newest first. payload holds the outcome, address and device, and with changes ' +
    'actor, target, before and after; secrets are masked. Read on by `before` rather than by high page numbers: it ' +
    'is equally fast however far back.',
  query: z.object({
    ...filters,
    enableCap: logWindow.enableCap,
    before: z.string().max(21).optional().describe('Id of an entry: the list goes on after it, with older ones.'),
  }),
  paging: 'always',
  response: { 200: z.array(log) },
  errors: { 400: ['log.invalid_time_window'] },
});

export const getLog = defineOperation({
  method: 'GET',
  path: '/api/logs/:id',
  tag,
  summary: 'Get an audit log',
  description: 'One entry.',
  params: z.object({ id: z.string().min(1).max(21) }),
  response: { 200: log },
  errors: { 404: ['entity.not_exists_with_id'] },
});

export const exportLogs = defineOperation({
  method: 'GET',
  path: '/api/logs/export',
  tag,
  summary: 'Export audit logs',
  description:
    'All entries that the filters leave, the newest first, as CSV or as one JSON object a line. The answer is ' +
    'streamed: it may be of any size.',
  query: z.object({
    ...filters,
    format: z.enum(['csv', 'ndjson']).default('csv').describe('CSV, or one JSON object a line.'),
  }),
  mediaTypes: ['text/csv', 'application/x-ndjson'],
  response: { 200: z.string() },
  errors: { 400: ['log.invalid_time_window'] },
});

// One object's past --------------------------------------------------------------------------------------------------

const difference = z.object({
  path: z.string().describe('Where, such as `profile.givenName`.'),
  before: z.unknown().optional(),
  after: z.unknown().optional(),
});
export type Difference = z.infer<typeof difference>;

export const getObjectHistory = defineOperation({
  method: 'GET',
  path: '/api/logs/history',
  tag,
  summary: 'Get the history of an object',
  description: 'Every recorded change of one object, the newest first, each with the fields that it changed.',
  query: z.object(target),
  paging: 'always',
  response: {
    200: z.array(
      log.extend({
        actor: z.object({ type: z.string(), id: z.string().nullable() }),
        changes: z.array(difference),
      }),
    ),
  },
});

export const compareMoments = defineOperation({
  method: 'GET',
  path: '/api/logs/difference',
  tag,
  summary: 'Compare an object at two moments',
  description:
    'The object as the trail knows it at each moment, null before it was created, after it was deleted and where the ' +
    'trail does not reach; and what all changes in between come to, with those of its parts (secrets, accounts, second ' +
    'factors). Of lists that change by what comes and what goes (members, roles, permissions) `before` has what went ' +
    'and `after` what came.',
  query: z.object({
    ...target,
    from: z.coerce.number().int().min(0).describe('The first moment, in milliseconds since 1970.'),
    to: z.coerce.number().int().min(0).describe('The second moment, in milliseconds since 1970.'),
  }),
  response: {
    200: z.object({
      from: z.object({ time: timestamp, state: jsonObject.nullable() }),
      to: z.object({ time: timestamp, state: jsonObject.nullable() }),
      changes: z.array(difference),
    }),
  },
});

// Retention ----------------------------------------------------------------------------------------------------------

const days = z.number().int().min(1).max(36_500).nullable().describe('Days that entries are kept; null keeps them.');

export const auditLogSettings = z.object({
  retentionDays: z.object({ protocol: days, signIn: days, change: days }),
});
export type AuditLogSettings = z.infer<typeof auditLogSettings>;

export const getAuditLogSettings = defineOperation({
  method: 'GET',
  path: '/api/configs/audit-logs',
  tag,
  summary: 'Get the settings of the audit logs',
  description:
    'How long entries of each kind are kept: 90 days for token requests, a year for sign-ins, changes for ever.',
  response: { 200: auditLogSettings },
});

export const updateAuditLogSettings = defineOperation({
  method: 'PATCH',
  path: '/api/configs/audit-logs',
  tag,
  summary: 'Update the settings of the audit logs',
  description: 'Changes what is sent and keeps the rest. What is over its time is deleted within the hour, for good.',
  body: z.object({ retentionDays: auditLogSettings.shape.retentionDays.partial().optional() }),
  response: { 200: auditLogSettings },
});
