import { z } from 'zod';
import {
  defineOperation,
  emailAddress,
  jsonObject,
  longListQuery,
  noContent,
  orEmpty,
  queryFlag,
  timestamp,
  webAddress,
} from '../../kernel/wire.contract.ts';
import { ssoIdentity } from '../enterprise-sso/enterprise-sso.contract.ts';

const tag = 'Users';

export const username = z
  .string()
  .max(128)
  .regex(/^[A-Za-z_]\w*$/, 'may have letters, digits and _, and begins with no digit');
export const email = emailAddress.max(128);
export const phone = z.string().max(128).regex(/^\d+$/, 'must be digits, with the country code and without +');

export const passwordAlgorithm = z.enum([
  'Argon2i',
  'Argon2id',
  'Argon2d',
  'SHA1',
  'SHA256',
  'MD5',
  'Bcrypt',
  'Legacy',
]);
export type PasswordAlgorithm = z.infer<typeof passwordAlgorithm>;

const claim = z.string().max(2048);

/** OIDC Core §5.1's standard claims that have no column of their own. */
export const userProfile = z.object({
  familyName: claim.optional(),
  givenName: claim.optional(),
  middleName: claim.optional(),
  nickname: claim.optional(),
  preferredUsername: claim.optional(),
  profile: claim.optional(),
  website: claim.optional(),
  gender: claim.optional(),
  birthdate: claim.optional(),
  zoneinfo: claim.optional(),
  locale: claim.optional(),
  address: z
    .object({
      formatted: claim.optional(),
      streetAddress: claim.optional(),
      locality: claim.optional(),
      region: claim.optional(),
      postalCode: claim.optional(),
      country: claim.optional(),
    })
    .optional(),
});
export type UserProfile = z.infer<typeof userProfile>;

export const userIdentity = z.object({
  userId: z.string().describe('The user’s id at the provider.'),
  details: jsonObject.optional(),
});

export const user = z.object({
  id: z.string(),
  username: z.string().nullable(),
  primaryEmail: z.string().nullable(),
  primaryPhone: z.string().nullable(),
  name: z.string().nullable(),
  avatar: z.string().nullable(),
  customData: jsonObject,
  identities: z.record(z.string(), userIdentity).describe('Linked social accounts by target.'),
  lastSignInAt: timestamp.nullable(),
  createdAt: timestamp,
  updatedAt: timestamp,
  profile: userProfile,
  applicationId: z.string().nullable().describe('Application that the user registered with.'),
  cimdClientId: z
    .string()
    .nullable()
    .describe('Address of the metadata document of the client that the user registered with, if it has one.'),
  isSuspended: z.boolean(),
  hasPassword: z.boolean().optional(),
  ssoIdentities: z.array(ssoIdentity).optional(),
  passwordDigest: z.string().nullable().optional().describe('Only when includePasswordHash is sent.'),
  passwordAlgorithm: passwordAlgorithm.nullable().optional().describe('Only when includePasswordHash is sent.'),
});
export type User = z.infer<typeof user>;

const name = z.string().max(128);
const avatar = orEmpty(webAddress);
const newPassword = z.string().min(1).max(1024);

const createBody = z.object({
  username: username.optional(),
  primaryEmail: email.optional(),
  primaryPhone: phone.optional(),
  password: newPassword.optional(),
  passwordDigest: z.string().max(256).optional().describe('Digest of a password from another system.'),
  passwordAlgorithm: passwordAlgorithm.optional().describe('How passwordDigest was made.'),
  name: name.optional(),
  avatar: avatar.optional(),
  customData: jsonObject.optional(),
  profile: userProfile.optional(),
});
export type CreateUser = z.input<typeof createBody>;

const updateBody = z.object({
  username: orEmpty(username).nullable().optional(),
  primaryEmail: orEmpty(email).nullable().optional(),
  primaryPhone: orEmpty(phone).nullable().optional(),
  name: name.nullable().optional(),
  avatar: avatar.nullable().optional(),
  customData: jsonObject.optional(),
  profile: userProfile.optional(),
});
export type UpdateUser = z.input<typeof updateBody>;

const userId = z.object({ userId: z.string().min(1).max(21) });
const withHash = { includePasswordHash: queryFlag.describe('Adds the password’s digest and its algorithm.') };
const notFound = { 404: ['entity.not_found'] } as const;
/** An entry that a list should go on after. */
const unknownEntry = { 404: ['entity.not_exists_with_id'] } as const;
const taken = ['user.username_already_in_use', 'user.email_already_in_use', 'user.phone_already_in_use'] as const;

export const listUsers = defineOperation({
  method: 'GET',
  path: '/api/users',
  tag,
  summary: 'List and search users',
  description:
    'Users of the tenant, the newest first. Where users are left out, `before` and `enableCap` also bound the search: each request looks at 10,000 users, and where a page could not be filled the Link header leads on.',
  query: z.object({
    ...withHash,
    excludeRoleId: z.string().optional().describe('Leaves out users who hold this role.'),
    excludeOrganizationId: z.string().optional().describe('Leaves out members of this organization.'),
    ...longListQuery,
  }),
  paging: 'always',
  search: ['id', 'primaryEmail', 'primaryPhone', 'username', 'name'],
  response: { 200: z.array(user) },
  errors: unknownEntry,
});

export const createUser = defineOperation({
  method: 'POST',
  path: '/api/users',
  tag,
  summary: 'Create a user',
  description: 'With a password, with the digest of one from another system, or without any.',
  body: createBody,
  response: { 200: user },
  errors: {
    422: [
      ...taken,
      'user.password_algorithm_required',
      'user.password_and_digest',
      'password.invalid_legacy_password_format',
      'password.unsupported_legacy_hash_algorithm',
    ],
  },
});

export const getUser = defineOperation({
  method: 'GET',
  path: '/api/users/:userId',
  tag,
  summary: 'Get a user',
  description: 'One user with linked social accounts.',
  params: userId,
  query: z.object({ ...withHash, includeSsoIdentities: queryFlag.describe('Adds accounts of enterprise providers.') }),
  response: { 200: user },
  errors: notFound,
});

export const updateUser = defineOperation({
  method: 'PATCH',
  path: '/api/users/:userId',
  tag,
  summary: 'Update a user',
  description:
    'Changes what is sent. An empty text or null removes a value; custom data and the profile are replaced as a whole.',
  params: userId,
  body: updateBody,
  response: { 200: user },
  errors: { 404: ['entity.not_found'], 422: taken },
});

export const deleteUser = defineOperation({
  method: 'DELETE',
  path: '/api/users/:userId',
  tag,
  summary: 'Delete a user',
  description: 'Sessions and refresh tokens end at once.',
  params: userId,
  response: { 204: noContent },
  errors: { 400: ['user.cannot_delete_self'], 404: ['entity.not_found'] },
});

export const getUserCustomData = defineOperation({
  method: 'GET',
  path: '/api/users/:userId/custom-data',
  tag,
  summary: 'Get custom data',
  description: 'Whatever your applications keep with the user.',
  params: userId,
  response: { 200: jsonObject },
  errors: notFound,
});

export const updateUserCustomData = defineOperation({
  method: 'PATCH',
  path: '/api/users/:userId/custom-data',
  tag,
  summary: 'Update custom data',
  description: 'Merges the top-level members that are sent.',
  params: userId,
  body: z.object({ customData: jsonObject }),
  response: { 200: jsonObject },
  errors: notFound,
});

export const updateUserProfile = defineOperation({
  method: 'PATCH',
  path: '/api/users/:userId/profile',
  tag,
  summary: 'Update the profile',
  description: 'Merges the members that are sent, the address as a whole.',
  params: userId,
  body: z.object({ profile: userProfile }),
  response: { 200: userProfile },
  errors: notFound,
});

// Passwords and suspension -------------------------------------------------------------------------------------------

export const updateUserPassword = defineOperation({
  method: 'PATCH',
  path: '/api/users/:userId/password',
  tag,
  summary: 'Set the password',
  description:
    'An administrator’s choice: the tenant’s password policy is not applied. Every session and token of the user ends.',
  params: userId,
  body: z.object({ password: newPassword }),
  response: { 200: user },
  errors: notFound,
});

export const updateUserPasswordExpiration = defineOperation({
  method: 'PATCH',
  path: '/api/users/:userId/password/expiration',
  tag,
  summary: 'Expire the password',
  description: 'An expired password must be replaced at the next sign-in.',
  params: userId,
  body: z.object({ isExpired: z.boolean() }),
  response: { 200: user },
  errors: notFound,
});

export const verifyUserPassword = defineOperation({
  method: 'POST',
  path: '/api/users/:userId/password/verify',
  tag,
  summary: 'Check a password',
  description: '204 when it is the user’s password.',
  params: userId,
  body: z.object({ password: newPassword }),
  response: { 204: noContent },
  errors: { 404: ['entity.not_found'], 422: ['session.invalid_credentials'] },
});

export const getUserHasPassword = defineOperation({
  method: 'GET',
  path: '/api/users/:userId/has-password',
  tag,
  summary: 'Ask whether the user has a password',
  description: 'False for users who sign in through a provider only.',
  params: userId,
  response: { 200: z.object({ hasPassword: z.boolean() }) },
  errors: notFound,
});

export const updateUserIsSuspended = defineOperation({
  method: 'PATCH',
  path: '/api/users/:userId/is-suspended',
  tag,
  summary: 'Suspend or reinstate a user',
  description: 'A suspended user cannot sign in; sessions and refresh tokens end at once.',
  params: userId,
  body: z.object({ isSuspended: z.boolean() }),
  response: { 200: user },
  errors: notFound,
});
