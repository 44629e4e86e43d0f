import { z } from 'zod';
import { defineOperation, noContent } from '../../kernel/wire.contract.ts';
import { factorType } from '../factors/factors.contract.ts';
import {
  passkeyAuthenticationOptions as authenticationOptions,
  passkeyAnswer,
  passkeyCreation,
  passkeyRegistrationOptions as registrationOptions,
} from '../factors/webauthn.contract.ts';

const tag = 'Experience';

const verificationId = z.string().min(1).max(21);
const verified = z.object({ verificationId });
const lost = ['session.not_found'] as const;
const unidentified = ['session.identifier_not_found'] as const;
const blocked = 'session.verification_blocked_too_many_attempts';

// Authenticator app ----------------------------------------------------------------------------------------------------

const code = z.string().min(1).max(32);

export const postTotpSecret = defineOperation({
  method: 'POST',
  path: '/api/experience/verification/totp/secret',
  tag,
  summary: 'Make a secret for an authenticator app',
  description: 'It is the user’s once a code has confirmed it and it was bound.',
  access: 'public',
  response: { 200: z.object({ verificationId, secret: z.string(), secretQrCode: z.string() }) },
  errors: { 400: lost, 404: unidentified },
});

export const postTotpVerify = defineOperation({
  method: 'POST',
  path: '/api/experience/verification/totp/verify',
  tag,
  summary: 'Check a code of an authenticator app',
  description:
    'With `verificationId` it confirms a new secret, without one it proves the user’s own app. A code counts once.',
  access: 'public',
  body: z.object({ code, verificationId: verificationId.optional() }),
  response: { 200: verified },
  errors: {
    400: [...lost, blocked, 'session.mfa.invalid_totp_code', 'session.mfa.mfa_factor_not_enabled'],
    404: [...unidentified, 'session.mfa.pending_info_not_found', 'session.verification_session_not_found'],
  },
});

// Passkeys -------------------------------------------------------------------------------------------------------------

export const postWebAuthnRegistration = defineOperation({
  method: 'POST',
  path: '/api/experience/verification/web-authn/registration',
  tag,
  summary: 'Start making a passkey',
  description: 'The answer is for `navigator.credentials.create()`.',
  access: 'public',
  response: { 200: z.object({ verificationId, registrationOptions }) },
  errors: { 400: lost, 404: unidentified },
});

export const postWebAuthnRegistrationVerify = defineOperation({
  method: 'POST',
  path: '/api/experience/verification/web-authn/registration/verify',
  tag,
  summary: 'Check a new passkey',
  description: 'It is the user’s once it was bound.',
  access: 'public',
  body: z.object({ verificationId, payload: passkeyCreation }),
  response: { 200: verified },
  errors: {
    400: [...lost, blocked, 'session.mfa.webauthn_verification_failed'],
    404: [...unidentified, 'session.mfa.pending_info_not_found', 'session.verification_session_not_found'],
  },
});

export const postWebAuthnAuthentication = defineOperation({
  method: 'POST',
  path: '/api/experience/verification/web-authn/authentication',
  tag,
  summary: 'Ask for a passkey as the second step',
  description: 'The answer is for `navigator.credentials.get()`.',
  access: 'public',
  response: { 200: z.object({ verificationId, authenticationOptions }) },
  errors: {
    400: [...lost, 'session.mfa.mfa_factor_not_enabled', 'session.mfa.webauthn_verification_not_found'],
    404: unidentified,
  },
});

export const postWebAuthnAuthenticationVerify = defineOperation({
  method: 'POST',
  path: '/api/experience/verification/web-authn/authentication/verify',
  tag,
  summary: 'Check a passkey as the second step',
  description: 'A challenge is answered once.',
  access: 'public',
  body: z.object({ verificationId, payload: passkeyAnswer }),
  response: { 200: verified },
  errors: {
    400: [...lost, blocked, 'session.mfa.webauthn_verification_failed', 'session.mfa.webauthn_verification_not_found'],
    404: [...unidentified, 'session.mfa.pending_info_not_found', 'session.verification_session_not_found'],
    409: ['session.passkey_sign_in.conflict_rp_id'],
  },
});

export const postPasskeyPreflight = defineOperation({
  method: 'POST',
  path: '/api/experience/preflight/sign-in-passkey/authentication',
  tag,
  summary: 'Prepare a passkey sign-in by one click or autofill',
  description: 'For any passkey of this domain that the browser has; before the sign-in is begun or after.',
  access: 'public',
  response: { 200: z.object({ authenticationOptions }) },
  errors: { 400: [...lost, 'session.invalid_interaction_type', 'session.invalid_sign_in_method'] },
});

export const postSignInPasskeyAuthentication = defineOperation({
  method: 'POST',
  path: '/api/experience/verification/sign-in-passkey/authentication',
  tag,
  summary: 'Ask for the passkey of somebody who was named',
  description: 'The answer is the same whether there is such an account, and whether it has a passkey.',
  access: 'public',
  body: z.object({
    identifier: z.object({ type: z.enum(['username', 'email', 'phone']), value: z.string().min(1).max(128) }),
  }),
  response: { 200: z.object({ verificationId, authenticationOptions }) },
  errors: { 400: [...lost, 'session.invalid_interaction_type', 'session.invalid_sign_in_method'] },
});

export const postSignInPasskeyVerify = defineOperation({
  method: 'POST',
  path: '/api/experience/verification/sign-in-passkey/authentication/verify',
  tag,
  summary: 'Check a passkey that signs in',
  description:
    'Without `verificationId` it answers the preflight. Identification with the id that is answered follows.',
  access: 'public',
  body: z.object({ verificationId: verificationId.optional(), payload: passkeyAnswer }),
  response: { 200: verified },
  errors: {
    400: [
      ...lost,
      blocked,
      'session.invalid_interaction_type',
      'session.invalid_sign_in_method',
      'session.mfa.webauthn_verification_failed',
      'session.mfa.webauthn_verification_not_found',
    ],
    404: ['session.mfa.pending_info_not_found', 'session.verification_session_not_found'],
    409: ['session.passkey_sign_in.conflict_rp_id'],
  },
});

// Backup codes, codes by e-mail and phone --------------------------------------------------------------------------------

export const postBackupCodes = defineOperation({
  method: 'POST',
  path: '/api/experience/verification/backup-code/generate',
  tag,
  summary: 'Make a set of backup codes',
  description: 'They are the user’s once they were bound.',
  access: 'public',
  response: { 200: z.object({ verificationId, codes: z.array(z.string()) }) },
  errors: { 400: lost, 404: unidentified },
});

export const postBackupCodeVerify = defineOperation({
  method: 'POST',
  path: '/api/experience/verification/backup-code/verify',
  tag,
  summary: 'Use a backup code',
  description: 'Each code counts once.',
  access: 'public',
  body: z.object({ code }),
  response: { 200: verified },
  errors: {
    400: [...lost, blocked, 'session.mfa.invalid_backup_code', 'session.mfa.mfa_factor_not_enabled'],
    404: unidentified,
  },
});

/** Older clients write the kind with a capital. */
const identifierType = z
  .enum(['email', 'phone', 'Email', 'Phone'])
  .transform((type) => type.toLowerCase() as 'email' | 'phone');

export const postMfaCode = defineOperation({
  method: 'POST',
  path: '/api/experience/verification/mfa-verification-code',
  tag,
  summary: 'Send a code as the second step',
  description: 'To the account’s own address or number.',
  access: 'public',
  body: z.object({ identifierType }),
  response: { 200: verified },
  errors: {
    400: [...lost, 'session.mfa.mfa_factor_not_enabled'],
    404: [...unidentified, 'user.email_not_exist', 'user.phone_not_exist'],
    429: ['request.message_rate_limited'],
    501: ['connector.not_found'],
  },
});

export const postMfaCodeVerify = defineOperation({
  method: 'POST',
  path: '/api/experience/verification/mfa-verification-code/verify',
  tag,
  summary: 'Check a code that was sent as the second step',
  description: 'A code has few tries and counts once.',
  access: 'public',
  body: z.object({ verificationId, code, identifierType }),
  response: { 200: verified },
  errors: {
    400: [
      ...lost,
      blocked,
      'session.mfa.mfa_factor_not_enabled',
      'session.verification_failed',
      'verification_code.code_mismatch',
      'verification_code.exceed_max_try',
      'verification_code.expired',
      'verification_code.not_found',
    ],
    404: [...unidentified, 'session.verification_session_not_found', 'user.email_not_exist', 'user.phone_not_exist'],
    501: ['connector.not_found'],
  },
});

// What the account gets, and what the user decides -----------------------------------------------------------------------

const unproved = { 403: ['session.mfa.require_mfa_verification'] } as const;

export const postProfileMfa = defineOperation({
  method: 'POST',
  path: '/api/experience/profile/mfa',
  tag,
  summary: 'Bind a second factor',
  description: 'One that was confirmed here; the account gets it when the sign-in is submitted.',
  access: 'public',
  body: z.object({ type: factorType, verificationId }),
  response: { 204: noContent },
  errors: {
    ...unproved,
    400: [...lost, 'session.mfa.mfa_factor_not_enabled', 'session.verification_failed'],
    404: [...unidentified, 'session.mfa.pending_info_not_found', 'session.verification_session_not_found'],
    422: [
      'session.mfa.backup_code_can_not_be_alone',
      'user.backup_code_already_in_use',
      'user.email_already_in_use',
      'user.email_exists_in_profile',
      'user.phone_already_in_use',
      'user.phone_exists_in_profile',
      'user.totp_already_in_use',
    ],
  },
});

export const postProfilePasskey = defineOperation({
  method: 'POST',
  path: '/api/experience/profile/mfa/passkey',
  tag,
  summary: 'Bind a passkey for signing in',
  description: 'One that was checked here; the account gets it when the sign-in is submitted.',
  access: 'public',
  body: verified,
  response: { 204: noContent },
  errors: {
    ...unproved,
    400: [...lost, 'session.mfa.mfa_factor_not_enabled', 'session.verification_failed'],
    404: [...unidentified, 'session.mfa.pending_info_not_found', 'session.verification_session_not_found'],
  },
});

export const postMfaEnabled = defineOperation({
  method: 'POST',
  path: '/api/experience/profile/mfa/mfa-enabled',
  tag,
  summary: 'Agree to a second step',
  description: 'The account’s own address or number is then a factor too, where the tenant has such.',
  access: 'public',
  response: { 204: noContent },
  errors: { ...unproved, 400: lost, 404: unidentified },
});

export const postMfaSkipped = defineOperation({
  method: 'POST',
  path: '/api/experience/profile/mfa/mfa-skipped',
  tag,
  summary: 'Decline to set up a second factor',
  description: 'Where the tenant’s policy leaves the choice; the user is not asked again.',
  access: 'public',
  response: { 204: noContent },
  errors: { ...unproved, 400: lost, 404: unidentified, 422: ['session.mfa.mfa_policy_not_user_controlled'] },
});

export const postMfaSuggestionSkipped = defineOperation({
  method: 'POST',
  path: '/api/experience/profile/mfa/mfa-suggestion-skipped',
  tag,
  summary: 'Decline a further factor',
  description: 'The user is not asked again.',
  access: 'public',
  response: { 204: noContent },
  errors: { ...unproved, 400: lost, 404: unidentified, 422: ['session.mfa.mfa_policy_not_user_controlled'] },
});

export const postPasskeySkipped = defineOperation({
  method: 'POST',
  path: '/api/experience/profile/mfa/passkey-skipped',
  tag,
  summary: 'Decline a passkey for signing in',
  description: 'The user is not asked again.',
  access: 'public',
  response: { 204: noContent },
  errors: { 400: lost, 404: unidentified },
});

export const postTrustedDevice = defineOperation({
  method: 'POST',
  path: '/api/experience/profile/mfa/trusted-device',
  tag,
  summary: 'Trust this browser',
  description:
    'After a second factor that is no backup code. From the next sign-in on the user is not asked for one here, for as many days as the tenant says.',
  access: 'public',
  response: { 204: noContent },
  errors: { ...unproved, 400: [...lost, 'session.verification_failed'], 404: unidentified },
});
