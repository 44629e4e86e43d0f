import { z } from 'zod';
import { defineOperation, noContent, timestamp } from '../../kernel/wire.contract.ts';
import { ids } from '../roles/roles.contract.ts';
import { email } from '../users/users.contract.ts';
import { notFound } from './organizations.contract.ts';

const tag = 'Organization invitations';

export const invitationStatus = z.enum(['Pending', 'Accepted', 'Expired', 'Revoked']);
export type InvitationStatus = z.infer<typeof invitationStatus>;

export const organizationInvitation = z.object({
  tenantId: z.string(),
  id: z.string(),
  inviterId: z.string().nullable(),
  invitee: z.string().describe('The address that is invited.'),
  acceptedUserId: z.string().nullable(),
  organizationId: z.string(),
  status: invitationStatus.describe('Only a pending one changes; its time being over makes it expired.'),
  createdAt: timestamp,
  updatedAt: timestamp,
  expiresAt: timestamp,
  organizationRoles: z.array(z.object({ id: z.string(), name: z.string() })).describe('Given to who accepts.'),
  redirectUri: z.string().nullable().describe('Where the hosted page leads to after accepting.'),
});

const messagePayload = z.object({
  code: z.string().max(256).optional(),
  link: z
    .string()
    .max(2048)
    .optional()
    .describe('A page of your own where the invitee accepts. Without one the message leads to the hosted page.'),
  locale: z.string().max(64).optional(),
  uiLocales: z.string().max(256).optional().describe('Languages of the invitee, best first, with spaces between.'),
});
export type InvitationMessage = z.infer<typeof messagePayload>;

const id = z.object({ id: z.string().min(1).max(21) });
const sending = {
  429: ['request.message_rate_limited', 'connector.rate_limit_exceeded', 'connector.usage_limit_exceeded'],
  501: ['connector.not_found'],
} as const;
const notPending = 'organization_invitation.not_pending';

export const listOrganizationInvitations = defineOperation({
  method: 'GET',
  path: '/api/organization-invitations',
  tag,
  summary: 'List organization invitations',
  description: 'The newest first.',
  query: z.object({
    organizationId: z.string().max(21).optional().describe('Only those to this organization.'),
    inviterId: z.string().max(21).optional().describe('Only those of this user.'),
    invitee: z.string().max(256).optional().describe('The whole address, in any case.'),
  }),
  paging: 'optional',
  response: { 200: z.array(organizationInvitation) },
});

export const createOrganizationInvitation = defineOperation({
  method: 'POST',
  path: '/api/organization-invitations',
  tag,
  summary: 'Invite an address to an organization',
  description:
    'One invitation of an address to an organization is pending at a time. With `messagePayload` it is sent by e-mail; when that fails there is no invitation.',
  body: z.object({
    inviterId: z.string().max(21).nullable().optional(),
    invitee: email,
    organizationId: z.string().min(1).max(21),
    expiresAt: z.number().int().max(8.64e15).describe('Milliseconds since 1970-01-01T00:00:00Z, in the future.'),
    organizationRoleIds: ids.optional(),
    messagePayload: z.union([messagePayload, z.literal(false)]).default(false),
    redirectUri: z
      .url({ protocol: /^https?$/ })
      .max(2048)
      .optional()
      .describe('Where the hosted page leads to after accepting, such as the app. Links cannot change it.'),
  }),
  response: { 201: organizationInvitation },
  errors: {
    400: ['connector.general'],
    422: [
      'organization_invitation.invitee_is_member',
      'entity.unique_integrity_violation',
      'entity.relation_foreign_key_not_found',
      'user.invalid_role_type',
    ],
    ...sending,
  },
});

export const getOrganizationInvitation = defineOperation({
  method: 'GET',
  path: '/api/organization-invitations/:id',
  tag,
  summary: 'Get an organization invitation',
  description: 'With the roles that come with it.',
  params: id,
  response: { 200: organizationInvitation },
  errors: notFound,
});

export const sendOrganizationInvitation = defineOperation({
  method: 'POST',
  path: '/api/organization-invitations/:id/message',
  tag,
  summary: 'Send an organization invitation again',
  description: 'By e-mail to the invitee, while it is pending.',
  params: id,
  body: messagePayload,
  response: { 204: noContent },
  errors: { 400: ['connector.general'], ...notFound, 422: [notPending], ...sending },
});

export const updateOrganizationInvitationStatus = defineOperation({
  method: 'PUT',
  path: '/api/organization-invitations/:id/status',
  tag,
  summary: 'Accept or revoke an organization invitation',
  description:
    'Accepting makes the user a member with the invitation’s roles: the user whose primary e-mail address is the invited one. Of any number of attempts one succeeds.',
  params: id,
  body: z.object({
    status: z.enum(['Accepted', 'Revoked']),
    acceptedUserId: z.string().max(21).nullable().optional().describe('Needed to accept.'),
  }),
  response: { 200: organizationInvitation },
  errors: {
    ...notFound,
    422: [notPending, 'organization_invitation.address_mismatch', 'entity.relation_foreign_key_not_found'],
  },
});

export const deleteOrganizationInvitation = defineOperation({
  method: 'DELETE',
  path: '/api/organization-invitations/:id',
  tag,
  summary: 'Delete an organization invitation',
  description: 'Whoever became a member by it stays one.',
  params: id,
  response: { 204: noContent },
  errors: notFound,
});
