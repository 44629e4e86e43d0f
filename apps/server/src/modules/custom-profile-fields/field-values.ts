import { userProfile } from '../users/users.contract.ts';
import type { FieldConfig, FieldType } from './custom-profile-fields.contract.ts';
import { readDate } from './dates.ts';
import { matchesPattern } from './pattern.ts';

/** A field as far as its values are concerned. */
export interface ProfileField {
  name: string;
  type: FieldType;
  required: boolean;
  config: FieldConfig;
}

/** Why a value was refused, at its field (`address.country` for a part), with what a sentence about it needs. */
export interface FieldIssue {
  field: string;
  code: `profile_field.${
    | 'required'
    | 'too_short'
    | 'too_long'
    | 'not_a_number'
    | 'too_small'
    | 'too_large'
    | 'not_a_date'
    | 'not_an_option'
    | 'not_a_url'
    | 'not_in_format'}`;
  data?: Record<string, string | number>;
}

/** Where the values belong in a user. */
export interface FieldValues {
  name?: string;
  avatar?: string;
  profile: Record<string, unknown>;
  customData: Record<string, unknown>;
}

const MAX_TEXT = 2048;
const CLAIMS = new Set(Object.keys(userProfile.shape));

type Reading = { value: unknown } | { issue: Omit<FieldIssue, 'field'> };
type Rule = (text: string, config: FieldConfig) => Reading;

const refuse = (code: FieldIssue['code'], data?: FieldIssue['data']): Reading => ({
  issue: { code, ...(data && { data }) },
});

function readText(text: string, { minLength = 0, maxLength = MAX_TEXT }: FieldConfig): Reading {
  // Counted as people count: a character outside the basic plane is one.
  const { length } = [...text];
  if (length < minLength) return refuse('profile_field.too_short', { min: minLength });
  if (length > Math.min(maxLength, MAX_TEXT)) return refuse('profile_field.too_long', { max: maxLength });
  return { value: text };
}

function readNumber(text: string, { minValue, maxValue }: FieldConfig): Reading {
  const value = Number(text);
  if (!Number.isFinite(value)) return refuse('profile_field.not_a_number');
  if (minValue !== undefined && value < minValue) return refuse('profile_field.too_small', { min: minValue });
  if (maxValue !== undefined && value > maxValue) return refuse('profile_field.too_large', { max: maxValue });
  return { value };
}

function readUrl(text: string): Reading {
  const url = text.length <= MAX_TEXT ? URL.parse(text) : null;
  return url && /^https?:$/.test(url.protocol) ? { value: text } : refuse('profile_field.not_a_url');
}

const rules: Record<Exclude<FieldType, 'Address' | 'Fullname'>, Rule> = {
  Text: readText,
  Number: readNumber,
  Date: (text, config) => {
    const value = readDate(text, config);
    return value === undefined ? refuse('profile_field.not_a_date') : { value };
  },
  Checkbox: (text) => ({ value: text === 'true' || text === 'on' }),
  Select: (text, { options = [] }) =>
    options.some(({ value }) => value === text) ? { value: text } : refuse('profile_field.not_an_option'),
  Url: readUrl,
  Regex: (text, { format = '' }) =>
    text.length <= MAX_TEXT && matchesPattern(format, text) ? { value: text } : refuse('profile_field.not_in_format'),
};

/** What was typed or ticked, as text; forms and JSON bodies come to the same. */
function textOf(value: unknown): string {
  if (typeof value === 'string') return value.trim();
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}

const asObject = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};

/** Reads one value; nothing where nothing was given and nothing is needed. */
function readOne(
  field: Omit<ProfileField, 'name' | 'type'> & { at: string; type: Exclude<FieldType, 'Address' | 'Fullname'> },
  given: unknown,
  issues: FieldIssue[],
): unknown {
  const text = textOf(given);
  if (text === '' && field.type !== 'Checkbox') {
    if (field.required) issues.push({ field: field.at, code: 'profile_field.required' });
    return undefined;
  }
  const reading = rules[field.type](text, field.config);
  if ('issue' in reading) {
    issues.push({ field: field.at, ...reading.issue });
    return undefined;
  }
  return reading.value;
}

/** Reads the parts of an address or a full name; they may stand below the field's name or beside it. */
function readParts(field: ProfileField, given: Record<string, unknown>, issues: FieldIssue[]): Record<string, unknown> {
  const nested = { ...given, ...asObject(given[field.name]) };
  const read: Record<string, unknown> = {};
  for (const { enabled, name, type, required, config = {} } of field.config.parts ?? []) {
    if (!enabled || type === 'Address' || type === 'Fullname') continue;
    const value = readOne({ at: `${field.name}.${name}`, type, required, config }, nested[name], issues);
    if (value !== undefined) read[name] = String(value);
  }
  return read;
}

function place(values: FieldValues, name: string, value: unknown): void {
  if (name === 'name' || name === 'avatar') values[name] = String(value);
  // Claims are texts (OIDC Core §5.1).
  else if (CLAIMS.has(name)) values.profile[name] = String(value);
  else values.customData[name] = value;
}

/**
 * Reads what somebody has given for the fields they were asked for; members that nobody asked for are passed over.
 * All that is wrong is reported at once.
 */
export function readFieldValues(
  fields: readonly ProfileField[],
  given: Record<string, unknown>,
): { values: FieldValues; issues: FieldIssue[] } {
  const values: FieldValues = { profile: {}, customData: {} };
  const issues: FieldIssue[] = [];
  for (const field of fields) {
    if (field.type === 'Address') {
      const address = readParts(field, given, issues);
      if (Object.keys(address).length > 0) values.profile.address = address;
    } else if (field.type === 'Fullname') {
      Object.assign(values.profile, readParts(field, given, issues));
    } else {
      const { name, type, required, config } = field;
      const value = readOne({ at: name, type, required, config }, given[name], issues);
      if (value !== undefined) place(values, name, value);
    }
  }
  return { values, issues };
}

/** The fields that are required and that a user has not filled in yet. */
export function missingFields(fields: readonly ProfileField[], user: FieldValues): ProfileField[] {
  const has = (name: string): boolean => {
    const value =
      name === 'name' || name === 'avatar' ? user[name] : CLAIMS.has(name) ? user.profile[name] : user.customData[name];
    return value !== undefined && value !== null && value !== '';
  };
  const requiredParts = ({ config }: ProfileField) =>
    (config.parts ?? []).filter(({ enabled, required }) => enabled && required).map(({ name }) => name);
  return fields.filter((field) => {
    if (field.type === 'Address') {
      return requiredParts(field).some((name) => !asObject(user.profile.address)[name]);
    }
    if (field.type === 'Fullname') return requiredParts(field).some((name) => !has(name));
    return field.required && !has(field.name);
  });
}
