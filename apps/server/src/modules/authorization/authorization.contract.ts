import { z } from 'zod';
import { defineOperation } from '../../kernel/wire.contract.ts';

const id = z.string().min(1).max(21);

const question = z
  .object({
    userId: id.optional(),
    applicationId: id.optional().describe('A machine-to-machine application, in place of a user.'),
    scope: z.string().min(1).max(256).describe('Name of the permission.'),
    resource: z
      .string()
      .min(1)
      .max(2048)
      .optional()
      .describe('Indicator of the API. Without one the permission is one of the organization itself.'),
    organizationId: id.optional().describe('The organization that the token would be for.'),
  })
  .refine((body) => (body.userId === undefined) !== (body.applicationId === undefined), {
    error: 'one of userId and applicationId is needed',
    path: ['userId'],
  })
  .refine((body) => body.resource !== undefined || body.organizationId !== undefined, {
    error: 'a resource, an organizationId or both are needed',
    path: ['resource'],
  });
export type AuthorizationQuestion = z.infer<typeof question>;

const role = z.object({
  kind: z.enum(['role', 'organization-role']),
  id: z.string(),
  name: z.string(),
  isDefault: z.boolean().describe('Given to every new user.'),
});
export type GrantingRole = z.infer<typeof role>;

const permissionPath = z.object({
  role,
  organization: z
    .object({ id: z.string(), name: z.string() })
    .nullable()
    .describe('Where the role is held; null for a role of the tenant.'),
});
export type PermissionPath = z.infer<typeof permissionPath>;

const obstacle = z.enum([
  'suspended',
  'not-a-member',
  'second-factor-missing',
  'resource-unknown',
  'scope-unknown',
  'no-role',
]);
export type Obstacle = z.infer<typeof obstacle>;

const answer = z.object({
  allowed: z.boolean(),
  paths: z.array(permissionPath).describe('Every way by which the permission is held.'),
  obstacles: z.array(obstacle).describe('What stands in the way, all of it; empty when allowed.'),
  grantedBy: z
    .array(role)
    .describe('The roles that would give the permission to somebody of this kind here, held or not.'),
});
export type AuthorizationAnswer = z.infer<typeof answer>;

export const checkAuthorization = defineOperation({
  method: 'POST',
  path: '/api/authorization/check',
  tag: 'Authorization',
  summary: 'Ask whether somebody may do something, and why',
  description:
    'Decides as the next token would, from the roles as they are now: a permission of an API, of an API in an organization, or of an organization. Says by which roles it is held, or what stands in the way. A third-party application’s token may carry less, as far as its users let it. Nothing is recorded.',
  effect: 'read',
  body: question,
  response: { 200: answer },
  errors: { 404: ['entity.not_exists_with_id'] },
});
