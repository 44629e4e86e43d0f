import { z } from 'zod';
import { defineOperation, emailAddress } from '../../kernel/wire.contract.ts';
import { passkeyRegistrationOptions } from '../factors/webauthn.contract.ts';

const tag = 'Verifications';

const recordId = z.string().min(1).max(21);
/** ISO 8601 here, not milliseconds (features 20.11). */
const expiresAt = z.iso.datetime().describe('Until when the proof can be given and shown: ten minutes.');
const begun = z.object({ verificationRecordId: z.string(), expiresAt });
const given = z.object({ verificationRecordId: z.string() });

const identifier = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('email'),
    value: emailAddress.max(128),
  }),
  z.object({
    type: z.literal('phone'),
    value: z
      .string()
      .max(128)
      .regex(/^\+?[\d\s()-]+$/, 'must be a phone number'),
  }),
]);
export type VerifiedIdentifier = z.output<typeof identifier>;

const thirdParty = 'auth.third_party_application_forbidden';

export const verifyByPassword = defineOperation({
  method: 'POST',
  path: '/api/verifications/password',
  tag,
  access: 'account',
  summary: 'Prove by password that it is you',
  description: 'The record’s id, as the header `logto-verification-id`, opens what only the owner may do.',
  body: z.object({ password: z.string().min(1).max(1024) }),
  response: { 201: begun },
  errors: {
    400: ['account_center.not_enabled', 'session.verification_blocked_too_many_attempts'],
    403: [thirdParty],
    422: ['session.invalid_credentials'],
  },
});

export const sendAccountCode = defineOperation({
  method: 'POST',
  path: '/api/verifications/verification-code',
  tag,
  access: 'account',
  summary: 'Send a code to an address or a number',
  description:
    'To your own, it proves that it is you; to a new one, it proves that the new one is yours, and whatever the template asked for, the message says so.',
  body: z.object({ identifier, templateType: z.enum(['UserPermissionValidation', 'BindMfa']).optional() }),
  response: { 201: begun },
  errors: {
    400: ['account_center.not_enabled'],
    403: [thirdParty],
    422: [
      'session.email_blocklist.email_not_allowed',
      'session.email_blocklist.email_subaddressing_not_allowed',
      'session.email_blocklist.disposable_email_validation_failed',
    ],
    429: ['request.message_rate_limited'],
    501: ['connector.not_found'],
  },
});

export const verifyAccountCode = defineOperation({
  method: 'POST',
  path: '/api/verifications/verification-code/verify',
  tag,
  access: 'account',
  summary: 'Give the code that was sent',
  description: 'Each call is one try.',
  body: z.object({ identifier, verificationId: recordId, code: z.string().min(1).max(16) }),
  response: { 200: given },
  errors: {
    400: [
      'account_center.not_enabled',
      'verification_code.code_mismatch',
      'verification_code.expired',
      'verification_code.exceed_max_try',
      'verification_code.not_found',
    ],
    403: [thirdParty],
    404: ['verification_record.not_found'],
  },
});

export const startAccountSocial = defineOperation({
  method: 'POST',
  path: '/api/verifications/social',
  tag,
  access: 'account',
  summary: 'Begin to prove an account at a provider',
  description: 'Send the browser to `authorizationUri`; give what comes back to `/api/verifications/social/verify`.',
  body: z.object({
    connectorId: z.string().min(1).max(128),
    state: z.string().min(1).max(512),
    redirectUri: z.url().max(2048),
    scope: z.string().max(1024).optional(),
  }),
  response: { 201: begun.extend({ authorizationUri: z.string() }) },
  errors: { 400: ['account_center.not_enabled'], 403: [thirdParty], 404: ['connector.not_found'] },
});

export const verifyAccountSocial = defineOperation({
  method: 'POST',
  path: '/api/verifications/social/verify',
  tag,
  access: 'account',
  summary: 'Finish to prove an account at a provider',
  description: 'With the parameters that the provider sent to the redirect URI.',
  body: z
    .object({
      connectorData: z.record(z.string(), z.unknown()),
      verificationRecordId: recordId.optional(),
      verificationId: recordId.optional().describe('The same, under its earlier name.'),
    })
    .transform(({ verificationRecordId, verificationId, ...rest }) => ({
      ...rest,
      verificationRecordId: verificationRecordId ?? verificationId ?? '',
    })),
  response: { 200: given },
  errors: {
    400: ['account_center.not_enabled'],
    403: [thirdParty],
    404: ['verification_record.not_found'],
  },
});

export const startPasskeyRegistration = defineOperation({
  method: 'POST',
  path: '/api/verifications/web-authn/registration',
  tag,
  access: 'account',
  summary: 'Begin to register a passkey',
  description: 'The options go to `navigator.credentials.create` (WebAuthn §5.1).',
  response: { 200: begun.extend({ registrationOptions: passkeyRegistrationOptions }) },
  errors: { 400: ['account_center.not_enabled'], 403: [thirdParty] },
});

export const verifyPasskeyRegistration = defineOperation({
  method: 'POST',
  path: '/api/verifications/web-authn/registration/verify',
  tag,
  access: 'account',
  summary: 'Finish to register a passkey',
  description: 'Checks the new key; `POST /api/my-account/mfa-verifications` binds it.',
  body: z.object({ verificationRecordId: recordId, payload: z.looseObject({ id: z.string().max(1024) }) }),
  response: { 200: given },
  errors: {
    400: ['account_center.not_enabled', 'session.mfa.webauthn_verification_failed'],
    403: [thirdParty],
    404: ['verification_record.not_found'],
  },
});
