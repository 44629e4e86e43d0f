import { z } from 'zod';
import { defineOperation, noContent, timestamp } from '../../kernel/wire.contract.ts';

const tag = 'Custom profile fields';

export const fieldType = z.enum([
  'Text',
  'Number',
  'Date',
  'Checkbox',
  'Select',
  'Url',
  'Regex',
  'Address',
  'Fullname',
]);
export type FieldType = z.infer<typeof fieldType>;

const fieldName = z
  .string()
  .max(128)
  .describe(
    'Letters, digits and underscores, beginning with a letter. The name of a profile claim, `name` or `avatar` fills that; any other goes into custom data.',
  );
const label = z.string().min(1).max(128).optional();
const description = z.string().max(256).optional();
const placeholder = z.string().max(256).optional();
const count = z.number().int().min(0).max(4096);
const options = z
  .array(z.object({ value: z.string().min(1).max(256), label: z.string().max(256).optional() }))
  .max(500);

const base = { name: fieldName, label, description, required: z.boolean() };

const textConfig = z.object({ placeholder, minLength: count.optional(), maxLength: count.optional() });
const numberConfig = z.object({ placeholder, minValue: z.number().optional(), maxValue: z.number().optional() });
const dateConfig = z.object({
  placeholder,
  format: z.string().min(1).max(128).describe('How the date is written, such as `yyyy-MM-dd`, or `Custom`.'),
  customFormat: z.string().max(128).optional().describe('With the format `Custom`.'),
});
const regexConfig = z.object({
  placeholder,
  format: z.string().min(1).max(128).describe('A regular expression that the whole value must match.'),
});

/** Everything a part of an address or a full name may say; which of it makes sense depends on its type. */
const partConfig = z.object({
  placeholder,
  minLength: count.optional(),
  maxLength: count.optional(),
  minValue: z.number().optional(),
  maxValue: z.number().optional(),
  format: z.string().max(128).optional(),
  customFormat: z.string().max(128).optional(),
  options: options.optional(),
  defaultValue: z.string().optional(),
});
export type FieldConfig = z.infer<typeof partConfig> & { parts?: FieldPart[] | undefined };

const partOf = <const Names extends readonly [string, ...string[]]>(names: Names) =>
  z.object({
    enabled: z.boolean(),
    name: z.enum(names),
    type: fieldType,
    label,
    description,
    required: z.boolean(),
    config: partConfig.optional(),
  });

const addressParts = ['formatted', 'streetAddress', 'locality', 'region', 'postalCode', 'country'] as const;
const fullnameParts = ['givenName', 'middleName', 'familyName'] as const;

const part = z.object({ ...partOf(['any']).shape, name: z.string() });
export type FieldPart = z.infer<typeof part>;

const text = z.object({ ...base, type: z.literal('Text'), config: textConfig.optional() });
const number = z.object({ ...base, type: z.literal('Number'), config: numberConfig.optional() });
const date = z.object({ ...base, type: z.literal('Date'), config: dateConfig.optional() });
const checkbox = z.object({
  ...base,
  type: z.literal('Checkbox'),
  required: z.literal(false).describe('Not ticking it is an answer too.'),
  config: z.object({ defaultValue: z.enum(['true', 'false']) }).optional(),
});
const select = z.object({ ...base, type: z.literal('Select'), config: z.object({ placeholder, options }) });
const url = z.object({ ...base, type: z.literal('Url'), config: z.object({ placeholder }).optional() });
const regex = z.object({ ...base, type: z.literal('Regex'), config: regexConfig });
const address = z.object({
  ...base,
  type: z.literal('Address'),
  config: z.object({ parts: z.array(partOf(addressParts)).max(addressParts.length) }),
});
const fullname = z.object({
  ...base,
  type: z.literal('Fullname'),
  config: z.object({ parts: z.array(partOf(fullnameParts)).max(fullnameParts.length) }),
});

const createField = z.discriminatedUnion('type', [text, number, date, checkbox, select, url, regex, address, fullname]);
export type CreateField = z.output<typeof createField>;

const unnamed = { name: true } as const;
const replaceField = z.discriminatedUnion('type', [
  text.omit(unnamed),
  number.omit(unnamed),
  date.omit(unnamed),
  checkbox.omit(unnamed),
  select.omit(unnamed),
  url.omit(unnamed),
  regex.omit(unnamed),
  address.omit(unnamed),
  fullname.omit(unnamed),
]);

export const customProfileField = z.object({
  tenantId: z.string(),
  id: z.string(),
  name: z.string(),
  type: fieldType,
  label: z.string(),
  description: z.string().nullable(),
  required: z.boolean(),
  config: z.object({ ...partConfig.shape, parts: z.array(part).optional() }),
  createdAt: timestamp,
  sieOrder: z.number().int().describe('Place in the list, the first being 1.'),
});
export type CustomProfileField = z.infer<typeof customProfileField>;

const invalid = [
  'custom_profile_fields.name_required',
  'custom_profile_fields.invalid_name',
  'custom_profile_fields.name_conflict_sign_in_identifier',
  'custom_profile_fields.name_conflict_built_in_prop',
  'custom_profile_fields.name_conflict_custom_data',
  'custom_profile_fields.invalid_min_max_input',
  'custom_profile_fields.invalid_options',
  'custom_profile_fields.invalid_regex_format',
  'custom_profile_fields.invalid_address_parts',
  'custom_profile_fields.invalid_fullname_parts',
  'custom_profile_fields.invalid_sub_component_type',
] as const;

const params = z.object({ name: z.string().min(1).max(128) });

export const listCustomProfileFields = defineOperation({
  method: 'GET',
  path: '/api/custom-profile-fields',
  tag,
  summary: 'List custom profile fields',
  description:
    'The whole catalogue in its order; `signUpProfileFields` of the sign-in experience says which of them a new user is asked for.',
  response: { 200: z.array(customProfileField) },
});

export const createCustomProfileField = defineOperation({
  method: 'POST',
  path: '/api/custom-profile-fields',
  tag,
  summary: 'Create a custom profile field',
  description: 'Adds a field at the end of the catalogue.',
  body: createField,
  response: { 201: customProfileField },
  errors: { 400: invalid, 422: ['custom_profile_fields.name_exists'] },
});

export const createCustomProfileFields = defineOperation({
  method: 'POST',
  path: '/api/custom-profile-fields/batch',
  tag,
  summary: 'Create several custom profile fields',
  description: 'All of them, or none when one is refused.',
  body: z.array(createField).min(1).max(20),
  response: { 201: z.array(customProfileField) },
  errors: { 400: invalid, 422: ['custom_profile_fields.name_exists'] },
});

export const getCustomProfileField = defineOperation({
  method: 'GET',
  path: '/api/custom-profile-fields/:name',
  tag,
  summary: 'Get a custom profile field',
  description: 'One field of the catalogue.',
  params,
  response: { 200: customProfileField },
  errors: { 404: ['entity.not_found'] },
});

export const replaceCustomProfileField = defineOperation({
  method: 'PUT',
  path: '/api/custom-profile-fields/:name',
  tag,
  summary: 'Replace a custom profile field',
  description: 'Everything but the name and the place in the catalogue.',
  params,
  body: replaceField,
  response: { 200: customProfileField },
  errors: { 400: invalid, 404: ['entity.not_found'] },
});

export const deleteCustomProfileField = defineOperation({
  method: 'DELETE',
  path: '/api/custom-profile-fields/:name',
  tag,
  summary: 'Delete a custom profile field',
  description: 'It is no longer asked for; what users have filled in stays.',
  params,
  response: { 204: noContent },
  errors: { 404: ['entity.not_found'] },
});

export const orderCustomProfileFields = defineOperation({
  method: 'POST',
  path: '/api/custom-profile-fields/properties/sie-order',
  tag,
  summary: 'Order the custom profile fields',
  description: 'Gives each named field its place; the places must differ.',
  body: z.object({
    order: z.array(z.object({ name: z.string().max(128), sieOrder: z.number().int().min(0) })).max(500),
  }),
  response: { 200: z.array(customProfileField) },
  errors: {
    400: ['custom_profile_fields.conflicted_sie_order', 'custom_profile_fields.entity_not_exists_with_names'],
  },
});
