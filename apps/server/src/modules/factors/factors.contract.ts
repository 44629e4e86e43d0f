import { z } from 'zod';
import { defineOperation, noContent, timestamp } from '../../kernel/wire.contract.ts';

const tag = 'Users';

/** Second factors. E-mail and phone exist of themselves for a user who has the address or the number. */
export const factorType = z.enum(['Totp', 'WebAuthn', 'BackupCode', 'EmailVerificationCode', 'PhoneVerificationCode']);
export type FactorType = z.infer<typeof factorType>;

/** A time of a factor: the wire has ISO 8601 here, not milliseconds (features 20.11). */
const isoTime = z.iso.datetime();

export const factor = z.object({
  id: z.string(),
  type: factorType,
  createdAt: isoTime,
  lastUsedAt: isoTime.optional(),
  agent: z.string().optional().describe('The browser that a passkey was made with.'),
  name: z.string().optional().describe('What the owner calls a passkey.'),
  remainCodes: z.number().int().optional().describe('Backup codes that are left.'),
});
export type Factor = z.infer<typeof factor>;

/** What a user has decided about the second step and about passkeys. */
export const userConfig = z.object({
  mfa: z.object({
    enabled: z.boolean().optional().describe('Whether the user wants a second step; unset until asked.'),
    skipped: z.boolean().describe('The offer to set up a factor was declined.'),
    additionalBindingSuggestionSkipped: z.boolean().describe('The offer of one factor more was declined.'),
    skipMfaOnSignIn: z.boolean().describe('No second step at sign-in, where the tenant leaves the choice.'),
  }),
  passkeySignIn: z.object({ skipped: z.boolean().describe('The offer to create a passkey was declined.') }),
});
export type UserConfig = z.infer<typeof userConfig>;

export const userConfigChange = z.object({
  mfa: userConfig.shape.mfa.partial().optional(),
  passkeySignIn: userConfig.shape.passkeySignIn.partial().optional(),
});
export type UserConfigChange = z.infer<typeof userConfigChange>;

const userId = z.object({ userId: z.string().min(1).max(21) });
const unknownUser = { 404: ['entity.not_found'] } as const;

export const listUserFactors = defineOperation({
  method: 'GET',
  path: '/api/users/:userId/mfa-verifications',
  tag,
  summary: 'List a user’s second factors',
  description: 'Without anything secret. E-mail and phone are listed where the tenant has them as factors.',
  params: userId,
  response: { 200: z.array(factor) },
  errors: unknownUser,
});

const totpSecret = z.string().min(1).max(128);

export const createUserFactor = defineOperation({
  method: 'POST',
  path: '/api/users/:userId/mfa-verifications',
  tag,
  summary: 'Give a user a second factor',
  description:
    'An authenticator app or a set of ten backup codes, made here or brought along. The answer is the only one that shows them. Passkeys are made by their owner’s browser.',
  params: userId,
  body: z.discriminatedUnion('type', [
    z.object({ type: z.literal('Totp'), secret: totpSecret.optional().describe('Base32.') }),
    z.object({
      type: z.literal('BackupCode'),
      codes: z.array(z.string().max(32)).max(20).optional().describe('Ten codes of ten hexadecimal characters.'),
    }),
  ]),
  response: {
    200: z.union([
      z.object({
        type: z.literal('Totp'),
        secret: z.string(),
        secretQrCode: z.string().describe('A PNG picture in a data URL.'),
      }),
      z.object({ type: z.literal('BackupCode'), codes: z.array(z.string()) }),
    ]),
  },
  errors: {
    ...unknownUser,
    422: [
      'session.mfa.backup_code_can_not_be_alone',
      'user.backup_code_already_in_use',
      'user.totp_already_in_use',
      'user.totp_secret_invalid',
      'user.wrong_backup_code_format',
    ],
  },
});

export const deleteUserFactor = defineOperation({
  method: 'DELETE',
  path: '/api/users/:userId/mfa-verifications/:verificationId',
  tag,
  summary: 'Remove a second factor',
  description: 'Backup codes go with the last factor that they stand in for.',
  params: userId.extend({ verificationId: z.string().min(1).max(21) }),
  response: { 204: noContent },
  errors: unknownUser,
});

export const createFactorRecoveryLink = defineOperation({
  method: 'POST',
  path: '/api/users/:userId/mfa-recovery-links',
  tag,
  summary: 'Let a user past the second step once',
  description:
    'Makes a one-time link for somebody who has lost every factor. Opened in the browser that signs in, it stands in for the second step once, and a new factor must be set up: then all earlier factors and trusted devices of the user are gone. Lives 24 hours; a new link replaces the earlier one.',
  params: userId,
  response: { 201: z.object({ url: z.url(), expiresAt: timestamp }) },
  errors: unknownUser,
});

export const getUserConfig = defineOperation({
  method: 'GET',
  path: '/api/users/:userId/logto-configs',
  tag,
  summary: 'Get what a user has decided about the second step',
  description: 'And about passkeys.',
  params: userId,
  response: { 200: userConfig },
  errors: unknownUser,
});

export const updateUserConfig = defineOperation({
  method: 'PATCH',
  path: '/api/users/:userId/logto-configs',
  tag,
  summary: 'Change what a user has decided about the second step',
  description: 'What is not sent stays.',
  params: userId,
  body: userConfigChange,
  response: { 200: userConfig },
  errors: unknownUser,
});

export const trustedDevice = z.object({
  id: z.string(),
  userAgent: z.string().nullable(),
  ip: z.string().nullable().describe('Where it was when it became trusted.'),
  createdAt: timestamp,
  lastUsedAt: timestamp.nullable(),
  expiresAt: timestamp,
});

export const listUserTrustedDevices = defineOperation({
  method: 'GET',
  path: '/api/users/:userId/trusted-devices',
  tag,
  summary: 'List a user’s trusted devices',
  description: 'Browsers on which the user is not asked for the second factor, the newest first.',
  params: userId,
  response: { 200: z.array(trustedDevice) },
  errors: unknownUser,
});

export const deleteUserTrustedDevice = defineOperation({
  method: 'DELETE',
  path: '/api/users/:userId/trusted-devices/:trustedDeviceId',
  tag,
  summary: 'Stop trusting a device',
  description: 'The next sign-in there asks for the second factor again.',
  params: userId.extend({ trustedDeviceId: z.string().min(1).max(21) }),
  response: { 204: noContent },
  errors: unknownUser,
});
