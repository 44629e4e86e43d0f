import { z } from 'zod';
import { defineOperation, noContent, timestamp } from '../../kernel/wire.contract.ts';
import { factor } from '../factors/factors.contract.ts';
import { grant, grantFilter, revocation, session } from '../sessions/sessions.contract.ts';
import { newPersonalAccessToken, personalAccessToken } from '../subject-tokens/subject-tokens.contract.ts';
import { account, accountRefusals, needsProof } from './account.contract.ts';

/** What an owner holds beside the account itself: sessions, grants, memberships, tokens; and all of it as one file. */

const tag = 'My account';

const ownSession = session.extend({ isCurrent: z.boolean().describe('Whether the token of this request is of it.') });

export const listMySessions = defineOperation({
  method: 'GET',
  path: '/api/my-account/sessions',
  tag,
  access: 'account',
  summary: 'List your sessions',
  description: `Where you are signed in, the newest first. Needs the scope \`urn:logto:scope:sessions\`. ${needsProof}`,
  response: { 200: z.object({ sessions: z.array(ownSession) }) },
  errors: accountRefusals,
});

export const revokeMySession = defineOperation({
  method: 'DELETE',
  path: '/api/my-account/sessions/:sessionId',
  tag,
  access: 'account',
  summary: 'End one of your sessions',
  description: `The browser is signed out at once; tokens of its applications end with it as far as \`revokeGrantsTarget\` says. Needs the scope \`urn:logto:scope:sessions\`. ${needsProof}`,
  params: z.object({ sessionId: z.string().min(1).max(64) }),
  query: revocation,
  response: { 204: noContent },
  errors: { ...accountRefusals, 404: ['oidc.session_not_found'] },
});

export const listMyGrants = defineOperation({
  method: 'GET',
  path: '/api/my-account/grants',
  tag,
  access: 'account',
  summary: 'List the applications that hold tokens for you',
  description: `The newest first. Needs the scope \`urn:logto:scope:sessions\`. ${needsProof}`,
  query: grantFilter,
  response: { 200: z.object({ grants: z.array(grant) }) },
  errors: accountRefusals,
});

export const revokeMyGrant = defineOperation({
  method: 'DELETE',
  path: '/api/my-account/grants/:grantId',
  tag,
  access: 'account',
  summary: 'Take from an application what you granted it',
  description: `All tokens that stand on it end at once, apart from JWT access tokens, which run out. Needs the scope \`urn:logto:scope:sessions\`. ${needsProof}`,
  params: z.object({ grantId: z.string().min(1).max(64) }),
  response: { 204: noContent },
  errors: { ...accountRefusals, 404: ['oidc.grant_not_found'] },
});

// Beyond the wire ----------------------------------------------------------------------------------------------------

const membership = z.object({
  id: z.string(),
  name: z.string(),
  description: z.string().nullable(),
  roles: z.array(z.object({ id: z.string(), name: z.string() })),
});

export const listMyOrganizations = defineOperation({
  method: 'GET',
  path: '/api/my-account/organizations',
  tag,
  access: 'account',
  summary: 'List your organizations',
  description:
    'With your roles in each, the first joined first. Needs the scope `urn:logto:scope:organizations` and the field `organization`.',
  response: { 200: z.array(membership) },
  errors: accountRefusals,
});

export const leaveMyOrganization = defineOperation({
  method: 'DELETE',
  path: '/api/my-account/organizations/:organizationId',
  tag,
  access: 'account',
  summary: 'Leave an organization',
  description: `Your roles there end with the membership. Needs the scope \`urn:logto:scope:organizations\`. ${needsProof}`,
  params: z.object({ organizationId: z.string().min(1).max(21) }),
  response: { 204: noContent },
  errors: { ...accountRefusals, 404: ['entity.not_found'] },
});

const invitation = z.object({
  id: z.string(),
  organization: z.object({ id: z.string(), name: z.string() }),
  roles: z.array(z.object({ id: z.string(), name: z.string() })).describe('Given to who accepts.'),
  expiresAt: timestamp,
});

export const listMyInvitations = defineOperation({
  method: 'GET',
  path: '/api/my-account/organization-invitations',
  tag,
  access: 'account',
  summary: 'List the invitations that wait for you',
  description:
    'Of your e-mail address, once you have proved that it is yours. Needs the scope `urn:logto:scope:organizations` and the field `organization`.',
  response: { 200: z.array(invitation) },
  errors: accountRefusals,
});

const invitationId = z.object({ invitationId: z.string().min(1).max(21) });
const invitationRefusals = {
  ...accountRefusals,
  404: ['entity.not_exists_with_id'],
  422: ['organization_invitation.address_mismatch', 'organization_invitation.not_pending'],
} as const;

export const acceptMyInvitation = defineOperation({
  method: 'POST',
  path: '/api/my-account/organization-invitations/:invitationId/accept',
  tag,
  access: 'account',
  summary: 'Accept an invitation',
  description:
    'You become a member, with the roles of the invitation. Needs the scope `urn:logto:scope:organizations` and the field `organization`.',
  params: invitationId,
  response: { 204: noContent },
  errors: invitationRefusals,
});

export const declineMyInvitation = defineOperation({
  method: 'POST',
  path: '/api/my-account/organization-invitations/:invitationId/decline',
  tag,
  access: 'account',
  summary: 'Decline an invitation',
  description:
    'It cannot be accepted afterwards. Needs the scope `urn:logto:scope:organizations` and the field `organization`.',
  params: invitationId,
  response: { 204: noContent },
  errors: invitationRefusals,
});

export const listMyPersonalAccessTokens = defineOperation({
  method: 'GET',
  path: '/api/my-account/personal-access-tokens',
  tag,
  access: 'account',
  summary: 'List your personal access tokens',
  description: `The oldest first, expired ones included; of each value only its last characters. For the tenant’s own applications. ${needsProof}`,
  response: { 200: z.array(personalAccessToken) },
  errors: accountRefusals,
});

export const createMyPersonalAccessToken = defineOperation({
  method: 'POST',
  path: '/api/my-account/personal-access-tokens',
  tag,
  access: 'account',
  summary: 'Create a personal access token',
  description: `The answer is the only one that has the value. It is used by token exchange (RFC 8693). ${needsProof}`,
  body: newPersonalAccessToken,
  response: { 201: personalAccessToken },
  errors: { ...accountRefusals, 422: ['user.personal_access_token_name_exists', 'request.invalid_input'] },
});

export const deleteMyPersonalAccessToken = defineOperation({
  method: 'POST',
  path: '/api/my-account/personal-access-tokens/delete',
  tag,
  access: 'account',
  summary: 'Delete a personal access token',
  description: `By its name, which may have any characters. It can no longer be exchanged; access tokens already issued run out. ${needsProof}`,
  body: z.object({ name: z.string().min(1).max(256) }),
  response: { 204: noContent },
  errors: { ...accountRefusals, 404: ['entity.not_found'] },
});

export const requestMyDeletion = defineOperation({
  method: 'POST',
  path: '/api/my-account/deletion',
  tag,
  access: 'account',
  summary: 'Delete your account',
  description: `The account is suspended at once, and deleted after the tenant’s days of grace; whoever signs in before that may keep it. All sessions and tokens end, that of this request included. Needs the field \`accountDeletion\`. For the tenant’s own applications. ${needsProof}`,
  response: { 201: z.object({ dueAt: timestamp.describe('When it is deleted.') }) },
  errors: accountRefusals,
});

export const exportMyAccount = defineOperation({
  method: 'GET',
  path: '/api/my-account/export',
  tag,
  access: 'account',
  summary: 'Export your data',
  description: `Everything kept of your account, as one document without secrets; needs the field \`dataExport\`. For the tenant’s own applications. ${needsProof}`,
  response: {
    200: z.object({
      exportedAt: z.iso.datetime(),
      account,
      mfaVerifications: z.array(factor),
      sessions: z.array(session),
      grants: z.array(grant),
      organizations: z.array(membership),
      personalAccessTokens: z.array(personalAccessToken),
    }),
  },
  errors: accountRefusals,
});
