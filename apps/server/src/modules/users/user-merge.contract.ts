import { z } from 'zod';
import { defineOperation } from '../../kernel/wire.contract.ts';
import { user } from './users.contract.ts';

/** What an account has one of. */
export const mergeFields = ['username', 'primaryEmail', 'primaryPhone', 'name', 'avatar', 'password'] as const;
const mergeField = z.enum(mergeFields);
export type MergeField = z.infer<typeof mergeField>;

/** What an account may have several of. */
export const mergeKinds = [
  'identities',
  'ssoIdentities',
  'roles',
  'organizations',
  'organizationRoles',
  'organizationConsents',
  'accessRules',
  'personalAccessTokens',
  'authenticatorApp',
  'passkeys',
  'backupCodes',
  'profile',
  'customData',
] as const;
const mergeKind = z.enum(mergeKinds);
export type MergeKind = z.infer<typeof mergeKind>;

const mergeReport = z.object({
  dryRun: z.boolean(),
  user: user.describe('The account that is left, as it is afterwards.'),
  moved: z.array(z.object({ what: z.union([mergeField, mergeKind]), count: z.number().int() })),
  conflicts: z
    .array(
      z.object({
        what: z.union([mergeField, mergeKind]),
        kept: z.enum(['target', 'source']),
        keys: z.array(z.string()).describe('Which ones, where there are several: targets, names, top-level members.'),
      }),
    )
    .describe('What both accounts have and one can have only once; the other’s is lost.'),
});
export type MergeReport = z.infer<typeof mergeReport>;

export const mergeUsers = defineOperation({
  method: 'POST',
  path: '/api/users/:userId/merge',
  tag: 'Users',
  summary: 'Merge another user into a user',
  description:
    'The source’s identifiers, linked accounts, roles, organizations with their roles, consents, access rules, factors, personal access tokens and data come to the user of the path, who keeps what both have unless `prefer` says otherwise. The source’s sessions and tokens end, and the source is deleted: this cannot be undone. `dryRun` tells what would happen and changes nothing.',
  params: z.object({ userId: z.string().min(1).max(21) }),
  body: z.object({
    sourceUserId: z.string().min(1).max(21),
    dryRun: z.boolean().default(false),
    prefer: z
      .array(mergeField)
      .max(mergeFields.length)
      .default([])
      .describe('Taken from the source where both have one.'),
  }),
  response: { 200: mergeReport },
  errors: {
    400: ['user.cannot_delete_self'],
    404: ['entity.not_found'],
    422: ['user.merge_with_itself', 'user.merge_suspended'],
  },
});
