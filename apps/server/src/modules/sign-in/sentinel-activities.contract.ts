import { z } from 'zod';
import { defineOperation, noContent } from '../../kernel/wire.contract.ts';

export const deleteSentinelActivities = defineOperation({
  method: 'POST',
  path: '/api/sentinel-activities/delete',
  tag: 'Lock-outs',
  summary: 'Let somebody try again',
  description:
    'Forgets the failed attempts that were counted for these identifiers, and with them a lock-out. Applications are never locked out.',
  body: z.object({
    targetType: z.enum(['User', 'App']),
    targets: z
      .array(z.string().min(1).max(128))
      .max(1000)
      .describe('Usernames, e-mail addresses, phone numbers or ids of users.'),
  }),
  response: { 204: noContent },
});
