import { z } from 'zod';
import {
  defineOperation,
  emailAddress,
  jsonObject,
  noContent,
  orEmpty,
  webAddress,
} from '../../kernel/wire.contract.ts';
import { factor, trustedDevice, userConfig, userConfigChange } from '../factors/factors.contract.ts';
import { providerAccessToken } from '../secrets/secrets.contract.ts';
import { user, username, userProfile } from '../users/users.contract.ts';

const tag = 'My account';

/** Sent as the header `logto-verification-id`: the record of a proof that the caller is the owner. */
export const PROOF_HEADER = 'logto-verification-id';
export const needsProof = `Needs the header \`${PROOF_HEADER}\` with the id of a proof (\`/api/verifications/…\`) of the last ten minutes.`;

export const accountRefusals = {
  400: ['account_center.not_enabled', 'account_center.field_not_enabled', 'account_center.field_not_editable'],
  401: ['verification_record.permission_denied'],
  403: ['auth.third_party_application_forbidden', 'auth.forbidden'],
} as const;

export const account = user
  .omit({ passwordDigest: true, passwordAlgorithm: true })
  .partial()
  .extend({
    id: z.string(),
    hasSecurityVerificationMethod: z.boolean().optional().describe('Whether there is anything to prove ownership by.'),
  });
export type AccountView = z.infer<typeof account>;

export const getMyAccount = defineOperation({
  method: 'GET',
  path: '/api/my-account',
  tag,
  access: 'account',
  summary: 'Get your account',
  description: 'What the token’s scopes and the tenant’s settings let you see.',
  response: { 200: account },
  errors: accountRefusals,
});

export const updateMyAccount = defineOperation({
  method: 'PATCH',
  path: '/api/my-account',
  tag,
  access: 'account',
  summary: 'Update your account',
  description: `Changes what is sent; null removes. Custom data is merged. A new username needs the proof of ownership. ${needsProof}`,
  body: z.object({
    name: z.string().max(128).nullable().optional(),
    avatar: orEmpty(webAddress).nullable().optional(),
    username: username.nullable().optional(),
    customData: jsonObject.optional(),
  }),
  response: { 200: account },
  errors: {
    ...accountRefusals,
    422: [
      'user.username_already_in_use',
      'user.username_required',
      'user.last_sign_in_method_required',
      'user.username_starts_with_number',
      'user.username_too_short',
      'user.username_too_long',
    ],
  },
});

export const updateMyProfile = defineOperation({
  method: 'PATCH',
  path: '/api/my-account/profile',
  tag,
  access: 'account',
  summary: 'Update your profile',
  description: 'Standard claims (OIDC Core §5.1); what is sent is merged. An address needs the scope `address`.',
  body: userProfile,
  response: { 200: userProfile },
  errors: accountRefusals,
});

export const updateMyPassword = defineOperation({
  method: 'POST',
  path: '/api/my-account/password',
  tag,
  access: 'account',
  summary: 'Set your password',
  description: `Who has no password, address or number yet needs no proof. ${needsProof}`,
  body: z.object({ password: z.string().min(1).max(1024) }),
  response: { 204: noContent },
  errors: { ...accountRefusals, 422: ['password.rejected', 'user.same_password'] },
});

const proofOf = z.string().min(1).max(21);

export const updateMyEmail = defineOperation({
  method: 'POST',
  path: '/api/my-account/primary-email',
  tag,
  access: 'account',
  summary: 'Set your e-mail address',
  description: `With the proof, by a code, that it is yours. ${needsProof}`,
  body: z.object({
    email: emailAddress.max(128),
    newIdentifierVerificationRecordId: proofOf,
  }),
  response: { 204: noContent },
  errors: { ...accountRefusals, 404: ['verification_record.not_found'], 422: ['user.email_already_in_use'] },
});

export const deleteMyEmail = defineOperation({
  method: 'DELETE',
  path: '/api/my-account/primary-email',
  tag,
  access: 'account',
  summary: 'Remove your e-mail address',
  description: needsProof,
  response: { 204: noContent },
  errors: {
    ...accountRefusals,
    404: ['entity.not_found'],
    422: ['user.last_sign_in_method_required', 'user.email_required', 'user.email_or_phone_required'],
  },
});

export const updateMyPhone = defineOperation({
  method: 'POST',
  path: '/api/my-account/primary-phone',
  tag,
  access: 'account',
  summary: 'Set your phone number',
  description: `With the proof, by a code, that it is yours. ${needsProof}`,
  body: z.object({
    phone: z
      .string()
      .max(128)
      .regex(/^\+?[\d\s()-]+$/),
    newIdentifierVerificationRecordId: proofOf,
  }),
  response: { 204: noContent },
  errors: { ...accountRefusals, 404: ['verification_record.not_found'], 422: ['user.phone_already_in_use'] },
});

export const deleteMyPhone = defineOperation({
  method: 'DELETE',
  path: '/api/my-account/primary-phone',
  tag,
  access: 'account',
  summary: 'Remove your phone number',
  description: needsProof,
  response: { 204: noContent },
  errors: {
    ...accountRefusals,
    404: ['entity.not_found'],
    422: ['user.last_sign_in_method_required', 'user.phone_required', 'user.email_or_phone_required'],
  },
});

const identityBody = z.object({ newIdentifierVerificationRecordId: proofOf });

export const linkMyIdentity = defineOperation({
  method: 'POST',
  path: '/api/my-account/identities',
  tag,
  access: 'account',
  summary: 'Link an account at a provider',
  description: `With the proof, by the provider, that it is yours. Who has no password, address or number yet needs no other. ${needsProof}`,
  body: identityBody,
  response: { 204: noContent },
  errors: {
    ...accountRefusals,
    404: ['verification_record.not_found'],
    422: ['user.identity_already_in_use', 'user.social_account_exists_in_profile'],
  },
});

export const replaceMyIdentity = defineOperation({
  method: 'PUT',
  path: '/api/my-account/identities',
  tag,
  access: 'account',
  summary: 'Link another account at a provider',
  description: `In place of the one that is linked at the same provider. ${needsProof}`,
  body: identityBody,
  response: { 204: noContent },
  errors: { ...accountRefusals, 404: ['verification_record.not_found'], 422: ['user.identity_already_in_use'] },
});

export const unlinkMyIdentity = defineOperation({
  method: 'DELETE',
  path: '/api/my-account/identities/:target',
  tag,
  access: 'account',
  summary: 'Unlink an account at a provider',
  description: needsProof,
  params: z.object({ target: z.string().min(1).max(128) }),
  response: { 204: noContent },
  errors: {
    ...accountRefusals,
    404: ['user.identity_not_exist'],
    422: ['user.last_sign_in_method_required'],
  },
});

const tokenRefusals = {
  ...accountRefusals,
  401: [...accountRefusals[401], 'secrets.third_party_token_set.access_token_expired'],
};
const providerTarget = z.object({ target: z.string().min(1).max(128) });

export const getMyProviderToken = defineOperation({
  method: 'GET',
  path: '/api/my-account/identities/:target/access-token',
  tag,
  access: 'account',
  summary: 'Get your access token of a provider',
  description:
    'What the provider of a linked account gave, where its connector keeps tokens; renewed when it is over. Refused to applications of somebody else.',
  params: providerTarget,
  response: { 200: providerAccessToken },
  errors: { ...tokenRefusals, 404: ['user.identity_not_exist', 'secrets.third_party_token_set.token_not_found'] },
});

export const getMyEnterpriseToken = defineOperation({
  method: 'GET',
  path: '/api/my-account/sso-identities/:connectorId/access-token',
  tag,
  access: 'account',
  summary: 'Get your access token of an enterprise provider',
  description:
    'What the provider gave, where its connector keeps tokens; renewed when it is over. Refused to applications of somebody else.',
  params: z.object({ connectorId: z.string().min(1).max(128) }),
  response: { 200: providerAccessToken },
  errors: { ...tokenRefusals, 404: ['user.identity_not_exist', 'secrets.third_party_token_set.token_not_found'] },
});

export const renewMyProviderToken = defineOperation({
  method: 'PUT',
  path: '/api/my-account/identities/:target/access-token',
  tag,
  access: 'account',
  summary: 'Renew your access token of a provider',
  description: 'By the proof that you have just signed in there, with the account that is linked.',
  params: providerTarget,
  body: z.object({ verificationRecordId: proofOf }),
  response: { 200: providerAccessToken },
  errors: {
    ...tokenRefusals,
    404: ['user.identity_not_exist', 'verification_record.not_found'],
    422: ['connector.token_storage_not_supported'],
  },
});

export const listMyFactors = defineOperation({
  method: 'GET',
  path: '/api/my-account/mfa-verifications',
  tag,
  access: 'account',
  summary: 'List your second factors',
  description: 'Without anything secret.',
  response: { 200: z.array(factor) },
  errors: accountRefusals,
});

const totp = z.object({ secret: z.string().min(1).max(128), code: z.string().max(16).optional() });

export const bindMyFactor = defineOperation({
  method: 'POST',
  path: '/api/my-account/mfa-verifications',
  tag,
  access: 'account',
  summary: 'Add a second factor',
  description: `An authenticator app by the secret that was generated, a passkey by its verification record, or a set of backup codes. ${needsProof}`,
  body: z.union([
    z.object({
      type: z.literal('WebAuthn'),
      newIdentifierVerificationRecordId: proofOf,
      name: z.string().min(1).max(64).optional(),
    }),
    z.object({ type: z.enum(['Totp', 'TOTP']), ...totp.shape }),
    z.object({ type: z.literal('BackupCode'), codes: z.array(z.string().max(32)).max(20) }),
  ]),
  response: { 204: noContent },
  errors: {
    ...accountRefusals,
    400: [...accountRefusals[400], 'session.mfa.invalid_totp_code', 'session.mfa.mfa_factor_not_enabled'],
    404: ['verification_record.not_found'],
    422: [
      'user.totp_already_in_use',
      'user.totp_secret_invalid',
      'user.passkey_already_in_use',
      'user.backup_code_already_in_use',
      'user.wrong_backup_code_format',
      'session.mfa.backup_code_can_not_be_alone',
    ],
  },
});

export const replaceMyTotp = defineOperation({
  method: 'PUT',
  path: '/api/my-account/mfa-verifications/totp',
  tag,
  access: 'account',
  summary: 'Replace your authenticator app',
  description: `With a code of the new one. ${needsProof}`,
  body: totp.extend({ code: z.string().min(1).max(16) }),
  response: { 204: noContent },
  errors: {
    ...accountRefusals,
    400: [...accountRefusals[400], 'session.mfa.invalid_totp_code'],
    422: ['user.totp_secret_invalid'],
  },
});

export const generateMyTotpSecret = defineOperation({
  method: 'POST',
  path: '/api/my-account/mfa-verifications/totp-secret/generate',
  tag,
  access: 'account',
  summary: 'Make a secret for an authenticator app',
  description: 'Nothing is stored yet.',
  response: {
    200: z.object({ secret: z.string(), secretQrCode: z.string().describe('A PNG picture in a data URL.') }),
  },
  errors: accountRefusals,
});

export const generateMyBackupCodes = defineOperation({
  method: 'POST',
  path: '/api/my-account/mfa-verifications/backup-codes/generate',
  tag,
  access: 'account',
  summary: 'Make a set of backup codes',
  description: 'Nothing is stored yet.',
  response: { 200: z.object({ codes: z.array(z.string()) }) },
  errors: accountRefusals,
});

export const revealMyBackupCodes = defineOperation({
  method: 'GET',
  path: '/api/my-account/mfa-verifications/backup-codes',
  tag,
  access: 'account',
  summary: 'Read your backup codes',
  description: `Those that were used have the time of their use. ${needsProof}`,
  response: { 200: z.object({ codes: z.array(z.object({ code: z.string(), usedAt: z.iso.datetime().nullable() })) }) },
  errors: { ...accountRefusals, 404: ['entity.not_found'] },
});

const factorId = z.object({ verificationId: z.string().min(1).max(21) });

export const renameMyPasskey = defineOperation({
  method: 'PATCH',
  path: '/api/my-account/mfa-verifications/:verificationId/name',
  tag,
  access: 'account',
  summary: 'Name a passkey',
  description: needsProof,
  params: factorId,
  body: z.object({ name: z.string().trim().min(1).max(64) }),
  response: { 200: z.object({ id: z.string(), name: z.string() }) },
  errors: { ...accountRefusals, 404: ['entity.not_found'] },
});

export const deleteMyFactor = defineOperation({
  method: 'DELETE',
  path: '/api/my-account/mfa-verifications/:verificationId',
  tag,
  access: 'account',
  summary: 'Remove a second factor',
  description: `Backup codes go with the last factor that they stand in for. ${needsProof}`,
  params: factorId,
  response: { 204: noContent },
  errors: { ...accountRefusals, 404: ['entity.not_found'] },
});

const mfaSettings = z.object({ skipMfaOnSignIn: z.boolean() });

export const getMyMfaSettings = defineOperation({
  method: 'GET',
  path: '/api/my-account/mfa-settings',
  tag,
  access: 'account',
  summary: 'Get whether you are asked for a second factor',
  description: 'Where the tenant leaves the choice.',
  response: { 200: mfaSettings },
  errors: accountRefusals,
});

export const updateMyMfaSettings = defineOperation({
  method: 'PATCH',
  path: '/api/my-account/mfa-settings',
  tag,
  access: 'account',
  summary: 'Change whether you are asked for a second factor',
  description: needsProof,
  body: mfaSettings,
  response: { 200: mfaSettings },
  errors: accountRefusals,
});

export const getMyConfig = defineOperation({
  method: 'GET',
  path: '/api/my-account/logto-configs',
  tag,
  access: 'account',
  summary: 'Get what you have decided about the second step',
  description: 'And about passkeys.',
  response: { 200: userConfig },
  errors: accountRefusals,
});

export const updateMyConfig = defineOperation({
  method: 'PATCH',
  path: '/api/my-account/logto-configs',
  tag,
  access: 'account',
  summary: 'Change what you have decided about the second step',
  description: `What is not sent stays. ${needsProof}`,
  body: userConfigChange,
  response: { 200: userConfig },
  errors: accountRefusals,
});

export const uploadMyAvatar = defineOperation({
  method: 'POST',
  path: '/api/my-account/user-assets/avatar',
  tag,
  access: 'account',
  summary: 'Upload an avatar',
  description: 'Answers the address of the picture; `PATCH /api/my-account` makes it yours.',
  upload: { maxBytes: 20 * 1_048_576, description: 'JPEG, PNG, GIF or WebP, at most 20 MB.' },
  response: { 200: z.object({ url: z.string() }) },
  errors: accountRefusals,
});

export const listMyTrustedDevices = defineOperation({
  method: 'GET',
  path: '/api/my-account/trusted-devices',
  tag,
  access: 'account',
  summary: 'List your trusted devices',
  description: `Browsers on which you are not asked for the second factor. Needs the scope \`urn:logto:scope:trusted_devices\`. ${needsProof}`,
  response: { 200: z.array(trustedDevice) },
  errors: accountRefusals,
});

export const deleteMyTrustedDevice = defineOperation({
  method: 'DELETE',
  path: '/api/my-account/trusted-devices/:trustedDeviceId',
  tag,
  access: 'account',
  summary: 'Stop trusting a device',
  description: `Needs the scope \`urn:logto:scope:trusted_devices\`. ${needsProof}`,
  params: z.object({ trustedDeviceId: z.string().min(1).max(21) }),
  response: { 204: noContent },
  errors: { ...accountRefusals, 404: ['entity.not_found'] },
});
