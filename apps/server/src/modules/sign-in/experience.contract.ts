import { z } from 'zod';
import { defineOperation, jsonObject, noContent } from '../../kernel/wire.contract.ts';
import { username } from '../users/users.contract.ts';

const tag = 'Experience';
const consentTag = 'Interaction';

const interactionEvent = z.enum(['SignIn', 'Register', 'ForgotPassword']);
const identifier = z.object({
  type: z.enum(['username', 'email', 'phone']),
  value: z.string().min(1).max(128),
});
const newPassword = z.string().min(1).max(1024);
const verificationId = z.string().min(1).max(21);
const verified = z.object({ verificationId });

const socialUserInfo = z.object({
  id: z.string(),
  email: z.string().optional(),
  phone: z.string().optional(),
  name: z.string().optional(),
  avatar: z.string().optional(),
  rawData: jsonObject.optional(),
});

const lost = ['session.not_found'] as const;

export const putExperience = defineOperation({
  method: 'PUT',
  path: '/api/experience',
  tag,
  summary: 'Begin',
  description: 'Starts the sign-in or the registration anew; what was proved before is dropped.',
  access: 'public',
  body: z.object({ interactionEvent, captchaToken: z.string().max(4096).optional() }),
  response: { 204: noContent },
  errors: { 400: [...lost, 'session.forgot_password_not_enabled'], 403: ['auth.forbidden'] },
});

export const putInteractionEvent = defineOperation({
  method: 'PUT',
  path: '/api/experience/interaction-event',
  tag,
  summary: 'Switch between sign-in and registration',
  description: 'Proofs are kept, what was given for the profile is dropped.',
  access: 'public',
  body: z.object({ interactionEvent }),
  response: { 204: noContent },
  errors: { 400: [...lost, 'session.not_supported_for_forgot_password'], 403: ['auth.forbidden'] },
});

export const getInteraction = defineOperation({
  method: 'GET',
  path: '/api/experience/interaction',
  tag,
  summary: 'Get the sign-in in progress',
  description: 'How far it has come, without anything secret.',
  access: 'public',
  response: {
    200: z.object({
      interactionEvent: z.enum(['SignIn', 'Register']),
      userId: z.string().optional(),
      profile: z.object({
        username: z.string().optional(),
        socialIdentity: z.object({ target: z.string(), userInfo: socialUserInfo }).optional(),
      }),
      verificationRecords: z.array(
        z.discriminatedUnion('type', [
          z.object({ id: z.string(), type: z.literal('Password'), identifier, verified: z.boolean() }),
          z.object({ id: z.string(), type: z.literal('NewPasswordIdentity'), identifier }),
          z.object({
            id: z.string(),
            type: z.literal('Social'),
            connectorId: z.string(),
            socialUserInfo: socialUserInfo.optional(),
          }),
        ]),
      ),
    }),
  },
  errors: { 400: lost },
});

export const postIdentification = defineOperation({
  method: 'POST',
  path: '/api/experience/identification',
  tag,
  summary: 'Identify the user',
  description: 'By a proof; in a registration the account is created here (201).',
  access: 'public',
  body: z.object({ verificationId: verificationId.optional(), linkSocialIdentity: z.boolean().optional() }),
  response: { 204: noContent, 201: noContent },
  errors: {
    400: [...lost, 'session.verification_failed'],
    401: ['user.suspended'],
    403: ['auth.forbidden'],
    404: ['session.verification_session_not_found', 'user.identity_not_exist'],
    409: ['session.identity_conflict'],
    422: [
      'password.expired',
      'session.identifier_not_verified',
      'user.email_already_in_use',
      'user.identity_already_in_use',
      'user.missing_profile',
      'user.username_already_in_use',
    ],
  },
});

export const postSubmit = defineOperation({
  method: 'POST',
  path: '/api/experience/submit',
  tag,
  summary: 'Finish',
  description: 'Answers where the browser goes next.',
  access: 'public',
  response: { 200: z.object({ redirectTo: z.string() }) },
  errors: { 400: lost, 401: ['user.suspended'], 404: ['session.identifier_not_found'] },
});

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
  body: z.object({ connectorData: jsonObject, verificationId }),
  response: { 200: verified },
  errors: {
    400: [...lost, 'connector.general', 'connector.invalid_response', 'session.verification_failed'],
    401: ['connector.authorization_failed', 'connector.social_auth_code_invalid'],
    404: ['connector.not_found', 'session.verification_session_not_found'],
  },
});

export const postProfile = defineOperation({
  method: 'POST',
  path: '/api/experience/profile',
  tag,
  summary: 'Give what the profile lacks',
  description: 'A username and a password for a new account, or a proved social account for either.',
  access: 'public',
  body: z.discriminatedUnion('type', [
    z.object({ type: z.literal('username'), value: username }),
    z.object({ type: z.literal('password'), value: newPassword }),
    z.object({ type: z.literal('social'), verificationId }),
  ]),
  response: { 204: noContent },
  errors: {
    400: [...lost, 'session.invalid_interaction_type', 'session.verification_failed'],
    404: ['session.verification_session_not_found'],
    422: [
      'password.rejected',
      'user.identity_already_in_use',
      'user.social_account_exists_in_profile',
      'user.username_already_in_use',
    ],
  },
});

const consentScope = z.object({ id: z.string(), name: z.string(), description: z.string().nullable() });

export const getConsent = defineOperation({
  method: 'GET',
  path: '/api/interaction/consent',
  tag: consentTag,
  summary: 'Get what an application asks for',
  description: 'What a consent page shows.',
  access: 'public',
  response: {
    200: z.object({
      application: z.object({
        id: z.string(),
        name: z.string(),
        displayName: z.string().optional(),
        branding: z.object({ logoUrl: z.string().optional(), darkLogoUrl: z.string().optional() }),
        termsOfUseUrl: z.string().nullable(),
        privacyPolicyUrl: z.string().nullable(),
      }),
      user: z.object({
        id: z.string(),
        name: z.string().nullable(),
        avatar: z.string().nullable(),
        username: z.string().nullable(),
        primaryEmail: z.string().nullable(),
        primaryPhone: z.string().nullable(),
      }),
      missingOIDCScope: z.array(z.string()),
      missingResourceScopes: z.array(
        z.object({
          resource: z.object({ id: z.string(), name: z.string(), indicator: z.string() }),
          scopes: z.array(consentScope),
        }),
      ),
      redirectUri: z.string(),
    }),
  },
  errors: { 400: [...lost, 'session.invalid_interaction_type'] },
});

export const postConsent = defineOperation({
  method: 'POST',
  path: '/api/interaction/consent',
  tag: consentTag,
  summary: 'Allow what an application asks for',
  description: 'Answers where the browser goes next.',
  access: 'public',
  response: { 200: z.object({ redirectTo: z.string() }) },
  errors: { 400: [...lost, 'session.invalid_interaction_type'] },
});
