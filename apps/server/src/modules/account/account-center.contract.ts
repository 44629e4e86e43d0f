import { z } from 'zod';
import { defineOperation, orEmpty, webAddress } from '../../kernel/wire.contract.ts';

const tag = 'Account center';

export const fieldAccess = z.enum(['Off', 'ReadOnly', 'Edit']);
export type FieldAccess = z.infer<typeof fieldAccess>;

/** What an account owner may see or change, field by field (features 4.1). */
export const accountField = z.enum([
  'name',
  'avatar',
  'profile',
  'email',
  'phone',
  'password',
  'username',
  'social',
  'customData',
  'mfa',
  'passkey',
  'session',
  'trustedDevice',
  // Ours, beside those of the wire.
  'organization',
  'personalAccessToken',
  'dataExport',
  'accountDeletion',
]);
export type AccountField = z.infer<typeof accountField>;

const fields = z.partialRecord(accountField, fieldAccess).describe('A field that is not named is off.');

const origin = z
  .string()
  .max(2048)
  .refine(
    (text) => URL.canParse(text) && new URL(text).origin === text,
    'must be an origin such as https://app.example.com',
  );

const settings = {
  enabled: z.boolean(),
  fields,
  webauthnRelatedOrigins: z
    .array(origin)
    .max(5)
    .describe('Origins beside the tenant’s own where its passkeys work (WebAuthn §5.11.1); browsers read five.'),
  deleteAccountUrl: z
    .string()
    .max(2048)
    .nullable()
    .describe('A page of the tenant’s own where accounts are deleted; then the account center deletes none.'),
  deletionGraceDays: z
    .number()
    .int()
    .min(0)
    .max(90)
    .describe('Days from the owner’s wish until the account is deleted; until then it is suspended and can be kept.'),
  customCss: z.string().max(262_144).nullable(),
  profileFields: z
    .array(z.object({ name: z.string().min(1).max(128) }))
    .max(500)
    .nullable(),
};

export const accountCenter = z.object({ tenantId: z.string(), id: z.string(), ...settings });
export type AccountCenterSettings = Omit<z.infer<typeof accountCenter>, 'tenantId' | 'id'>;

export const defaultAccountCenter: AccountCenterSettings = {
  enabled: false,
  fields: {},
  webauthnRelatedOrigins: [],
  deleteAccountUrl: null,
  deletionGraceDays: 7,
  customCss: null,
  profileFields: [],
};

export const getAccountCenter = defineOperation({
  method: 'GET',
  path: '/api/account-center',
  tag,
  summary: 'Get the account center settings',
  description: 'What users may see and change of their own account.',
  response: { 200: accountCenter },
});

export const updateAccountCenter = defineOperation({
  method: 'PATCH',
  path: '/api/account-center',
  tag,
  summary: 'Update the account center settings',
  description: 'What is sent replaces; within `fields`, what is not named stays.',
  body: z.object({ ...settings, deleteAccountUrl: orEmpty(webAddress).nullable() }).partial(),
  response: { 200: accountCenter },
});
