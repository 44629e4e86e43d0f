import { z } from 'zod';
import { defineOperation, jsonObject, noContent, timestamp } from '../../kernel/wire.contract.ts';

const tag = 'Sessions';
const seconds = z.number().int().describe('Seconds since 1970-01-01T00:00:00Z.');

export const session = z.object({
  payload: z.object({
    exp: seconds,
    iat: seconds,
    jti: z.string().describe('The same as uid: the value of the cookie is told to nobody.'),
    uid: z.string(),
    kind: z.literal('Session'),
    loginTs: seconds,
    accountId: z.string(),
    authorizations: z
      .record(
        z.string(),
        z.object({
          sid: z.string().optional(),
          grantId: z.string().optional(),
          persistsLogout: z.boolean().optional(),
        }),
      )
      .optional()
      .describe('By client id: the applications that the session is signed in to.'),
  }),
  lastSubmission: z
    .object({
      interactionEvent: z.string(),
      userId: z.string(),
      verificationRecords: z.array(jsonObject).describe('What was proved, by type; nothing that is secret.'),
      signInContext: z
        .record(z.string(), z.string())
        .optional()
        .describe(
          'From where: ip, userAgent, browser, os, device and, where a file or a proxy knows it, country, city, latitude, longitude, botScore, botVerified.',
        ),
    })
    .nullable()
    .describe('How the user signed in the last time; null for sessions from before that was kept.'),
  clientId: z.string().nullable().describe('The application that the user signed in to first.'),
  accountId: z.string().nullable(),
  expiresAt: timestamp,
  lastSeen: z
    .object({
      userAgent: z.string().nullable(),
      ip: z.string().nullable(),
      country: z
        .string()
        .nullable()
        .describe('ISO 3166-1 alpha-2; null where the operator has given no file of places.'),
      city: z.string().nullable(),
    })
    .nullable()
    .describe('The browser and the place of the session’s latest visit; null for one from before this was noted.'),
});
export type Session = z.infer<typeof session>;

export const grant = z.object({
  id: z.string(),
  payload: z.object({
    exp: seconds,
    iat: seconds,
    jti: z.string(),
    kind: z.literal('Grant'),
    clientId: z.string(),
    accountId: z.string(),
  }),
  expiresAt: timestamp,
  application: z.object({ id: z.string(), name: z.string(), isThirdParty: z.boolean() }),
  scopes: z
    .object({
      openid: z.array(z.string()),
      resources: z.record(z.string(), z.array(z.string())).describe('By the indicator of the API.'),
    })
    .describe('What the application may do.'),
});
export type Grant = z.infer<typeof grant>;

const ofUser = z.object({ userId: z.string().min(1).max(21) });
const ofSession = ofUser.extend({ sessionId: z.string().min(1).max(64) });

export const listSessions = defineOperation({
  method: 'GET',
  path: '/api/users/:userId/sessions',
  tag,
  summary: 'List sessions',
  description: 'Where the user is signed in, the newest first.',
  params: ofUser,
  response: { 200: z.object({ sessions: z.array(session) }) },
  errors: { 404: ['entity.not_found'] },
});

export const getSession = defineOperation({
  method: 'GET',
  path: '/api/users/:userId/sessions/:sessionId',
  tag,
  summary: 'Get a session',
  description: 'One session by its uid.',
  params: ofSession,
  response: { 200: session },
  errors: { 404: ['entity.not_found', 'oidc.session_not_found'] },
});

/** What ends together with a session. */
export const revocation = z.object({
  revokeGrantsTarget: z
    .enum(['all', 'firstParty'])
    .optional()
    .describe('Whose tokens end with it: those of all its applications, or of the tenant’s own. None when left out.'),
});

/** Which applications are listed. */
export const grantFilter = z.object({
  appType: z
    .enum(['firstParty', 'thirdParty'])
    .optional()
    .describe('Only the tenant’s own applications, or only those of others.'),
});

export const revokeSession = defineOperation({
  method: 'DELETE',
  path: '/api/users/:userId/sessions/:sessionId',
  tag,
  summary: 'End a session',
  description:
    'The browser is signed out at once. Tokens of its applications end with it as far as `revokeGrantsTarget` says: those of all applications, or of the tenant’s own.',
  params: ofSession,
  query: revocation,
  response: { 204: noContent },
  errors: { 404: ['entity.not_found', 'oidc.session_not_found'] },
});

export const listGrants = defineOperation({
  method: 'GET',
  path: '/api/users/:userId/grants',
  tag,
  summary: 'List grants',
  description: 'The applications that hold tokens for the user, or may get new ones, the newest first.',
  params: ofUser,
  query: grantFilter,
  response: { 200: z.object({ grants: z.array(grant) }) },
  errors: { 404: ['entity.not_found'] },
});

export const revokeGrant = defineOperation({
  method: 'DELETE',
  path: '/api/users/:userId/grants/:grantId',
  tag,
  summary: 'Revoke a grant',
  description: 'All tokens that stand on it end at once, apart from JWT access tokens, which run out.',
  params: ofUser.extend({ grantId: z.string().min(1).max(64) }),
  response: { 204: noContent },
  errors: { 404: ['entity.not_found', 'oidc.grant_not_found'] },
});
