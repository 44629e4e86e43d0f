import type { RequestError } from '../../kernel/errors.ts';
import type { CreateField, FieldConfig, FieldPart } from './custom-profile-fields.contract.ts';
import { fail } from './custom-profile-fields.errors.ts';
import { compilePattern } from './pattern.ts';

/** What people sign in with has steps of its own, with proofs. */
const SIGN_IN_IDENTIFIERS = new Set(['username', 'email', 'phone', 'primaryEmail', 'primaryPhone']);

/** Members of a user that no form may write. */
const BUILT_IN = new Set([
  'id',
  'tenantId',
  'customData',
  'identities',
  'ssoIdentities',
  'mfaVerifications',
  'logtoConfig',
  'password',
  'hasPassword',
  'applicationId',
  'isSuspended',
  'lastSignInAt',
  'createdAt',
  'updatedAt',
  'roles',
  'organizations',
]);

/** Keys of custom data that mean something already, to the Console or to JavaScript itself. */
const CUSTOM_DATA = new Set(['adminConsolePreferences', 'constructor', 'prototype']);

function checkName({ name, type }: CreateField): void {
  if (name.trim() === '') throw fail('custom_profile_fields.name_required');
  if (!/^[A-Za-z]\w*$/.test(name)) throw fail('custom_profile_fields.invalid_name', { data: { name } });
  if (SIGN_IN_IDENTIFIERS.has(name)) {
    throw fail('custom_profile_fields.name_conflict_sign_in_identifier', { data: { name } });
  }
  // The claim `address` is an object, so only an address fits into it.
  if (BUILT_IN.has(name) || (name === 'address' && type !== 'Address')) {
    throw fail('custom_profile_fields.name_conflict_built_in_prop', { data: { name } });
  }
  if (CUSTOM_DATA.has(name)) throw fail('custom_profile_fields.name_conflict_custom_data', { data: { name } });
}

/** Limits that nothing could satisfy, options that could not be told apart, patterns that are none. */
function checkConfig(type: FieldPart['type'], config: FieldConfig): void {
  const { minLength = 0, maxLength = Number.MAX_SAFE_INTEGER, minValue, maxValue } = config;
  if (minLength > maxLength || (minValue ?? Number.NEGATIVE_INFINITY) > (maxValue ?? Number.POSITIVE_INFINITY)) {
    throw fail('custom_profile_fields.invalid_min_max_input');
  }
  if (type === 'Select') {
    const values = config.options?.map(({ value }) => value) ?? [];
    if (values.length === 0 || new Set(values).size < values.length)
      throw fail('custom_profile_fields.invalid_options');
  }
  if (type === 'Regex' && !compilePattern(config.format ?? '')) {
    throw fail('custom_profile_fields.invalid_regex_format');
  }
}

function checkParts(parts: readonly FieldPart[], refusal: () => RequestError): void {
  const names = parts.map(({ name }) => name);
  if (!parts.some(({ enabled }) => enabled) || new Set(names).size < names.length) throw refusal();
  for (const { type, config = {} } of parts) {
    if (type === 'Address' || type === 'Fullname') throw fail('custom_profile_fields.invalid_sub_component_type');
    checkConfig(type, config);
  }
}

/** Refuses a field that nobody could fill in, or that would write what it must not. */
export function checkField(field: CreateField): void {
  checkName(field);
  if (field.type === 'Address') {
    checkParts(field.config.parts, () => fail('custom_profile_fields.invalid_address_parts'));
  } else if (field.type === 'Fullname') {
    checkParts(field.config.parts, () => fail('custom_profile_fields.invalid_fullname_parts'));
  } else {
    checkConfig(field.type, field.config ?? {});
  }
}
