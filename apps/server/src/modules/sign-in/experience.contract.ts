import { z } from 'zod';
import { defineOperation, jsonObject, noContent } from '../../kernel/wire.contract.ts';
import { email, username, userProfile } from '../users/users.contract.ts';
import {
  address,
  codePurpose,
  identifier,
  interactionEvent,
  lost,
  newPassword,
  experienceTag as tag,
  verificationId,
} from './experience.verifications.contract.ts';

const consentTag = 'Interaction';

const socialUserInfo = z.object({
  id: z.string(),
  email: z.string().optional(),
  phone: z.string().optional(),
  name: z.string().optional(),
  avatar: z.string().optional(),
  rawData: jsonObject.optional(),
});

export const postAvatar = defineOperation({
  method: 'POST',
  path: '/api/experience/user-assets/avatar',
  tag,
  summary: 'Upload an avatar',
  description:
    'While signing up: answers the address of the picture, which `avatar` of the extra profile may name. Pictures are written anew without what cameras put into them.',
  access: 'public',
  upload: { maxBytes: 20 * 1_048_576, description: 'JPEG, PNG, GIF or WebP, at most 20 MB.' },
  response: { 200: z.object({ url: z.string() }) },
  errors: { 400: lost, 403: ['auth.forbidden'], 429: ['request.rate_limited'] },
});

export const putExperience = defineOperation({
  method: 'PUT',
  path: '/api/experience',
  tag,
  summary: 'Begin',
  description: 'Starts the sign-in or the registration anew; what was proved before is dropped.',
  access: 'public',
  body: z.object({ interactionEvent, captchaToken: z.string().max(4096).optional() }),
  response: { 204: noContent },
  errors: {
    400: [...lost, 'session.forgot_password_not_enabled'],
    403: ['auth.forbidden'],
    422: ['session.captcha_failed'],
  },
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
      interactionEvent,
      userId: z.string().optional(),
      profile: z.object({
        username: z.string().optional(),
        primaryEmail: z.string().optional(),
        primaryPhone: z.string().optional(),
        name: z.string().optional(),
        avatar: z.string().optional(),
        profile: userProfile.optional(),
        customData: jsonObject.optional(),
        socialIdentity: z.object({ target: z.string(), userInfo: socialUserInfo }).optional(),
        enterpriseSsoIdentity: z
          .object({ ssoConnectorId: z.string(), issuer: z.string(), identityId: z.string(), detail: jsonObject })
          .optional(),
        jitOrganizationIds: z.array(z.string()).optional(),
      }),
      verificationRecords: z.array(
        z.discriminatedUnion('type', [
          z.object({ id: z.string(), type: z.literal('Password'), identifier, verified: z.boolean() }),
          z.object({ id: z.string(), type: z.literal('NewPasswordIdentity'), identifier }),
          z.object({
            id: z.string(),
            type: z.enum(['EmailVerificationCode', 'PhoneVerificationCode']),
            identifier: address,
            templateType: codePurpose.describe('What the code was sent for.'),
            verified: z.boolean(),
          }),
          z.object({ id: z.string(), type: z.literal('OneTimeToken'), identifier: address, verified: z.boolean() }),
          z.object({
            id: z.string(),
            type: z.literal('EnterpriseSso'),
            connectorId: z.string(),
            issuer: z.string().optional(),
            enterpriseSsoUserInfo: socialUserInfo.optional(),
          }),
          z.object({
            id: z.string(),
            type: z.literal('Social'),
            connectorId: z.string(),
            socialUserInfo: socialUserInfo.optional(),
          }),
          z.object({
            id: z.string(),
            type: z.enum(['TOTP', 'WebAuthn', 'BackupCode']),
            userId: z.string(),
            verified: z.boolean(),
          }),
          z.object({ id: z.string(), type: z.literal('SignInPasskey'), verified: z.boolean() }),
          z.object({
            id: z.string(),
            type: z.enum(['MfaEmailVerificationCode', 'MfaPhoneVerificationCode']),
            identifier: address,
            templateType: z.literal('MfaVerification'),
            verified: z.boolean(),
          }),
        ]),
      ),
      trustedDevice: z
        .object({ canCreate: z.boolean(), durationDays: z.number().int().optional() })
        .describe('Whether this browser may be trusted, and for how many days.'),
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
    404: ['session.verification_session_not_found', 'user.identity_not_exist', 'user.user_not_exist'],
    409: ['session.identity_conflict'],
    422: [
      'password.expired',
      'session.captcha_required',
      'session.identifier_not_verified',
      'user.email_already_in_use',
      'user.identity_already_in_use',
      'user.missing_profile',
      'user.phone_already_in_use',
      'user.sign_in_method_not_enabled',
      'user.sign_up_method_not_enabled',
      'user.username_already_in_use',
    ],
  },
});

export const postSubmit = defineOperation({
  method: 'POST',
  path: '/api/experience/submit',
  tag,
  summary: 'Finish',
  description:
    'Answers where the browser goes next; after a forgotten password was replaced nothing, because its owner signs in with it next.',
  access: 'public',
  response: { 200: z.union([z.object({ redirectTo: z.string() }), noContent]) },
  errors: {
    400: lost,
    401: ['user.suspended'],
    403: ['session.mfa.require_mfa_verification'],
    404: ['session.identifier_not_found'],
    422: [
      'session.mfa.backup_code_required',
      'session.mfa.suggest_additional_mfa',
      'user.email_already_in_use',
      'user.missing_mfa',
      'session.captcha_required',
      'user.missing_profile',
      'user.new_password_required_in_profile',
      'user.passkey_preferred',
      'user.suggest_mfa',
      'user.phone_already_in_use',
      'user.username_already_in_use',
    ],
  },
});

export const postProfile = defineOperation({
  method: 'POST',
  path: '/api/experience/profile',
  tag,
  summary: 'Give what the profile lacks',
  description:
    'For a new account, or for the identified one as far as it has no such thing yet. Addresses and accounts at a provider have to be proved first.',
  access: 'public',
  body: z.discriminatedUnion('type', [
    z.object({ type: z.literal('username'), value: username }),
    z.object({ type: z.literal('password'), value: newPassword }),
    z.object({ type: z.literal('email'), verificationId }),
    z.object({ type: z.literal('phone'), verificationId }),
    z.object({ type: z.literal('social'), verificationId }),
    z.object({
      type: z.literal('extraProfile'),
      values: jsonObject.describe('By the names of the fields that are collected at sign-up.'),
    }),
  ]),
  response: { 204: noContent },
  errors: {
    400: [
      ...lost,
      'session.invalid_interaction_type',
      'session.not_supported_for_forgot_password',
      'session.verification_failed',
    ],
    404: ['session.identifier_not_found', 'session.verification_session_not_found'],
    422: [
      'password.rejected',
      'custom_profile_fields.invalid_value',
      'session.email_blocklist.disposable_email_validation_failed',
      'session.email_blocklist.email_not_allowed',
      'session.email_blocklist.email_subaddressing_not_allowed',
      'user.email_already_in_use',
      'user.email_exists_in_profile',
      'user.identity_already_in_use',
      'user.password_exists_in_profile',
      'user.phone_already_in_use',
      'user.phone_exists_in_profile',
      'user.social_account_exists_in_profile',
      'user.username_already_in_use',
      'user.username_exists_in_profile',
    ],
  },
});

export const putProfilePassword = defineOperation({
  method: 'PUT',
  path: '/api/experience/profile/password',
  tag,
  summary: 'Replace a forgotten password',
  description: 'Takes effect when the recovery is submitted, and ends every session and token of the account then.',
  access: 'public',
  body: z.object({ password: newPassword }),
  response: { 204: noContent },
  errors: {
    400: [...lost, 'session.invalid_interaction_type'],
    404: ['session.identifier_not_found'],
    422: ['password.rejected', 'user.same_password'],
  },
});

export const findSsoConnectorsOfEmail = defineOperation({
  method: 'GET',
  path: '/api/experience/sso-connectors',
  tag,
  summary: 'Find the enterprise connectors of an address',
  description: 'Those that the domain of the e-mail address belongs to.',
  access: 'public',
  query: z.object({ email: email.describe('The address that somebody has typed.') }),
  response: { 200: z.object({ connectorIds: z.array(z.string()) }) },
  errors: { 400: lost },
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
