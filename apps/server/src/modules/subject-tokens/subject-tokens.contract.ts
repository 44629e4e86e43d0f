import { z } from 'zod';
import { defineOperation, jsonObject, noContent, timestamp } from '../../kernel/wire.contract.ts';

const tag = 'Subject tokens';

export const createSubjectToken = defineOperation({
  method: 'POST',
  path: '/api/subject-tokens',
  tag,
  summary: 'Create a subject token',
  description:
    'Lets an application with token exchange act as the user: it exchanges the token once, within ten minutes (RFC 8693).',
  body: z.object({
    userId: z.string().min(1).max(21),
    context: jsonObject.optional().describe('Whatever the custom claims script shall know of this impersonation.'),
  }),
  response: {
    201: z.object({
      subjectToken: z.string(),
      expiresIn: z.number().int().describe('Seconds until it can no longer be exchanged.'),
    }),
  },
  errors: { 404: ['entity.not_found'] },
});

// Personal access tokens ---------------------------------------------------------------------------------------------

const personalTag = 'Personal access tokens';
const name = z.string().min(1).max(256);
const userId = z.object({ userId: z.string().min(1).max(21) });

export const personalAccessToken = z.object({
  tenantId: z.string(),
  userId: z.string(),
  name,
  value: z
    .string()
    .max(64)
    .describe('Whole in the answer that creates it; afterwards only its last characters, because a hash is kept.'),
  createdAt: timestamp,
  expiresAt: timestamp.nullable(),
});
export type PersonalAccessToken = z.infer<typeof personalAccessToken>;

export const newPersonalAccessToken = z.object({
  name,
  expiresAt: timestamp.nullable().optional().describe('Never, when it is left out.'),
});
export type NewPersonalAccessToken = z.infer<typeof newPersonalAccessToken>;

export const listPersonalAccessTokens = defineOperation({
  method: 'GET',
  path: '/api/users/:userId/personal-access-tokens',
  tag: personalTag,
  summary: 'List personal access tokens',
  description: 'The tokens of a user, the oldest first, expired ones included.',
  params: userId,
  response: { 200: z.array(personalAccessToken) },
  errors: { 404: ['entity.not_found'] },
});

export const createPersonalAccessToken = defineOperation({
  method: 'POST',
  path: '/api/users/:userId/personal-access-tokens',
  tag: personalTag,
  summary: 'Create a personal access token',
  description: 'The answer is the only one that has the value. It is used by token exchange (RFC 8693).',
  params: userId,
  body: newPersonalAccessToken,
  response: { 201: personalAccessToken },
  errors: { 404: ['entity.not_found'], 422: ['user.personal_access_token_name_exists', 'request.invalid_input'] },
});

const renamed = { 404: ['entity.not_found'], 422: ['user.personal_access_token_name_exists'] } as const;

export const renamePersonalAccessToken = defineOperation({
  method: 'PATCH',
  path: '/api/users/:userId/personal-access-tokens',
  tag: personalTag,
  summary: 'Rename a personal access token',
  description: 'For names of any characters; `currentName` says which token it is.',
  params: userId,
  body: z
    .object({ currentName: name.optional(), name })
    .refine(({ currentName }) => currentName !== undefined, { path: ['currentName'], error: 'is required' }),
  response: { 200: personalAccessToken },
  errors: renamed,
});

export const renamePersonalAccessTokenByPath = defineOperation({
  method: 'PATCH',
  path: '/api/users/:userId/personal-access-tokens/:name',
  tag: personalTag,
  summary: 'Rename the token named in the path',
  description: 'For names that fit into a path.',
  params: userId.extend({ name }),
  body: z.object({ name }),
  response: { 200: personalAccessToken },
  errors: renamed,
});

export const deletePersonalAccessToken = defineOperation({
  method: 'POST',
  path: '/api/users/:userId/personal-access-tokens/delete',
  tag: personalTag,
  summary: 'Delete a personal access token',
  description: 'For names of any characters. It can no longer be exchanged; access tokens already issued run out.',
  params: userId,
  body: z.object({ name }),
  response: { 204: noContent },
  errors: { 404: ['entity.not_found'] },
});

export const deletePersonalAccessTokenByPath = defineOperation({
  method: 'DELETE',
  path: '/api/users/:userId/personal-access-tokens/:name',
  tag: personalTag,
  summary: 'Delete the token named in the path',
  description: 'For names that fit into a path.',
  params: userId.extend({ name }),
  response: { 204: noContent },
  errors: { 404: ['entity.not_found'] },
});
