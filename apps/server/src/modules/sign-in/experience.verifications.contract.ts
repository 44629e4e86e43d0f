import { z } from 'zod';
import { defineOperation, jsonObject } from '../../kernel/wire.contract.ts';
import { email, phone, username } from '../users/users.contract.ts';

export const experienceTag = 'Experience';
const tag = experienceTag;

export const interactionEvent = z.enum(['SignIn', 'Register', 'ForgotPassword']);
export const codePurpose = z.enum(['SignIn', 'Register', 'ForgotPassword', 'BindNewIdentifier']);
export const identifier = z.object({
  type: z.enum(['username', 'email', 'phone']),
  value: z.string().min(1).max(128),
});
/** An identifier that a message can be sent to. */
export const address = z.discriminatedUnion('type', [
  z.object({ type: z.literal('email'), value: email }),
  z.object({ type: z.literal('phone'), value: phone }),
]);
export const newPassword = z.string().min(1).max(1024);
export const verificationId = z.string().min(1).max(21);
const verified = z.object({ verificationId });
/** A sign-in that is no longer there. */
export const lost = ['session.not_found'] as const;

export const postPasswordVerification = defineOperation({
  method: 'POST',
  path: '/api/experience/verification/password',
  tag,
  summary: 'Prove an account by its password',
  description: 'The answer is the same for an unknown account and a wrong password.',
  access: 'public',
  body: z.object({ identifier, password: z.string().min(1).max(1024) }),
  response: { 200: verified },
  errors: {
    400: [...lost, 'session.verification_blocked_too_many_attempts'],
    422: ['session.invalid_credentials', 'user.sign_in_method_not_enabled'],
  },
});

export const postNewPasswordIdentity = defineOperation({
  method: 'POST',
  path: '/api/experience/verification/new-password-identity',
  tag,
  summary: 'Choose a username and a password',
  description: 'For a new account; both are checked by the tenant’s policies.',
  access: 'public',
  body: z.object({ identifier: z.object({ type: z.literal('username'), value: username }), password: newPassword }),
  response: { 200: verified },
  errors: {
    400: [...lost, 'session.invalid_interaction_type'],
    422: ['password.rejected', 'user.sign_up_method_not_enabled', 'user.username_already_in_use'],
  },
});

const connectorId = z.object({ connectorId: z.string().min(1).max(128) });

export const postSocialAuthorizationUri = defineOperation({
  method: 'POST',
  path: '/api/experience/verification/social/:connectorId/authorization-uri',
  tag,
  summary: 'Start a social sign-in',
  description: 'Answers where to send the browser; `state` and `redirectUri` are the client’s own.',
  access: 'public',
  params: connectorId,
  body: z.object({ state: z.string().min(1).max(1024), redirectUri: z.url().max(2048) }),
  response: { 200: z.object({ authorizationUri: z.string(), verificationId }) },
  errors: { 400: lost, 404: ['connector.not_found'] },
});

export const postSocialVerify = defineOperation({
  method: 'POST',
  path: '/api/experience/verification/social/:connectorId/verify',
  tag,
  summary: 'Finish a social sign-in',
  description: 'With the parameters that the provider sent to the redirect URI.',
  access: 'public',
  params: connectorId,
  body: z.object({
    connectorData: jsonObject,
    verificationId: verificationId
      .optional()
      .describe('Of the start; left out for Google One Tap, whose script brings `credential` and `g_csrf_token`.'),
  }),
  response: { 200: verified },
  errors: {
    400: [...lost, 'connector.general', 'connector.invalid_response', 'session.verification_failed'],
    401: ['connector.authorization_failed', 'connector.social_auth_code_invalid', 'connector.social_invalid_id_token'],
    404: ['connector.not_found', 'session.verification_session_not_found'],
  },
});

export const postVerificationCode = defineOperation({
  method: 'POST',
  path: '/api/experience/verification/verification-code',
  tag,
  summary: 'Send a code to an e-mail address or a phone',
  description:
    'The answer is the same whether the address has an account or not; a message that would help nobody is not sent.',
  access: 'public',
  body: z.object({ identifier: address, interactionEvent }),
  response: { 200: verified },
  errors: {
    400: [...lost, 'session.invalid_interaction_type'],
    422: [
      'session.email_blocklist.disposable_email_validation_failed',
      'session.email_blocklist.email_not_allowed',
      'session.email_blocklist.email_subaddressing_not_allowed',
      'user.invalid_phone',
    ],
    429: ['request.message_rate_limited'],
  },
});

export const postVerificationCodeVerify = defineOperation({
  method: 'POST',
  path: '/api/experience/verification/verification-code/verify',
  tag,
  summary: 'Prove an address by the code',
  description: 'A code counts once, and each try is one of few.',
  access: 'public',
  body: z.object({ identifier: address, verificationId, code: z.string().min(1).max(32) }),
  response: { 200: verified },
  errors: {
    400: [
      ...lost,
      'session.verification_blocked_too_many_attempts',
      'verification_code.code_mismatch',
      'verification_code.email_mismatch',
      'verification_code.exceed_max_try',
      'verification_code.expired',
      'verification_code.not_found',
      'verification_code.phone_mismatch',
    ],
    404: ['session.verification_session_not_found'],
  },
});

export const postOneTimeTokenVerify = defineOperation({
  method: 'POST',
  path: '/api/experience/verification/one-time-token/verify',
  tag,
  summary: 'Prove an address by a one-time token',
  description: 'The token of a link that was sent there; it is spent.',
  access: 'public',
  body: z.object({
    identifier: z.object({ type: z.literal('email'), value: email }),
    token: z.string().min(1).max(256),
  }),
  response: { 200: verified },
  errors: {
    400: [
      ...lost,
      'one_time_token.email_mismatch',
      'one_time_token.interaction_event_mismatch',
      'one_time_token.token_consumed',
      'one_time_token.token_expired',
      'one_time_token.token_revoked',
      'session.verification_blocked_too_many_attempts',
    ],
    404: ['one_time_token.token_not_found'],
  },
});

export const postSsoAuthorizationUri = defineOperation({
  method: 'POST',
  path: '/api/experience/verification/sso/:connectorId/authorization-uri',
  tag,
  summary: 'Start an enterprise sign-in',
  description: 'Answers where to send the browser.',
  access: 'public',
  params: connectorId,
  body: z.object({ state: z.string().min(1).max(1024), redirectUri: z.url().max(2048) }),
  response: { 200: z.object({ authorizationUri: z.string(), verificationId }) },
  errors: { 400: lost, 404: ['entity.not_exists_with_id'] },
});

export const postSsoVerify = defineOperation({
  method: 'POST',
  path: '/api/experience/verification/sso/:connectorId/verify',
  tag,
  summary: 'Finish an enterprise sign-in',
  description: 'With the parameters that the identity provider sent to the redirect URI.',
  access: 'public',
  params: connectorId,
  body: z.object({ connectorData: jsonObject, verificationId: verificationId.optional() }),
  response: { 200: verified },
  errors: { 400: lost, 404: ['entity.not_exists_with_id', 'session.verification_session_not_found'] },
});
