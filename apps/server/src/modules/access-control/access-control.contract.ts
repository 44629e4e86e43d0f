import { z } from 'zod';
import { defineOperation } from '../../kernel/wire.contract.ts';

const tag = 'Application access';

const id = z.string().min(1).max(21);
const MAX_ENTRIES = 1000;
const ids = z.array(id).max(MAX_ENTRIES);

const accessRules = z.object({
  userIds: ids.describe('These users.'),
  userRoleIds: ids.describe('Users with one of these roles.'),
  organizationIds: ids.describe('Members of these organizations.'),
  organizationRoleRules: z
    .array(z.object({ organizationId: id, organizationRoleIds: ids.min(1) }))
    .max(MAX_ENTRIES)
    .describe('Members who hold one of these roles in the organization.'),
});
export type AccessRules = z.infer<typeof accessRules>;

const applicationId = z.object({ applicationId: id });

export const getAccessRules = defineOperation({
  method: 'GET',
  path: '/api/applications/:applicationId/access-control',
  tag,
  summary: 'Get the access rules',
  description: 'Whom the application lets in. They count while `appLevelAccessControlEnabled` is set.',
  params: applicationId,
  response: { 200: accessRules },
  errors: { 404: ['entity.not_exists_with_id'] },
});

export const replaceAccessRules = defineOperation({
  method: 'PUT',
  path: '/api/applications/:applicationId/access-control',
  tag,
  summary: 'Replace the access rules',
  description:
    'Who is on none of the lists is kept out, at sign-in and at the next token; at most 1000 entries a list.',
  params: applicationId,
  body: accessRules,
  response: { 200: accessRules },
  errors: { 404: ['entity.not_exists_with_id'], 422: ['entity.relation_foreign_key_not_found'] },
});

const accessDecision = z.object({
  allowed: z.boolean(),
  enabled: z.boolean().describe('Whether the application checks at all.'),
  reasons: z
    .array(
      z.object({
        rule: z.enum(['user', 'role', 'organization', 'organization-role']),
        id: z.string().describe('The user, role or organization that the rule names.'),
        organizationRoleId: z.string().optional(),
      }),
    )
    .describe('The rules that let the user in.'),
});
export type AccessDecision = z.infer<typeof accessDecision>;

export const checkAccess = defineOperation({
  method: 'GET',
  path: '/api/applications/:applicationId/access-control/users/:userId',
  tag,
  summary: 'Ask whether a user could enter',
  description: 'Decides as a sign-in would and says why; nobody is signed in, and nothing is recorded.',
  params: applicationId.extend({ userId: id }),
  response: { 200: accessDecision },
  errors: { 404: ['entity.not_exists_with_id'] },
});
