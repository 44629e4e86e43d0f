import type { Connector, ConnectorFormItem } from '@latchkey/server/contract';
import { missingMembers } from './connector-templates.ts';

/** What the fields hold while they are edited: text for all but switches and lists. */
export type ConfigValue = string | boolean | string[];
export type ConfigValues = Record<string, ConfigValue>;
export type ConfigProblem = 'required' | 'json' | 'number';

type Config = Connector['config'];

function toFieldValue(item: ConnectorFormItem, stored: unknown): ConfigValue {
  const value = stored ?? item.defaultValue;
  switch (item.type) {
    case 'Switch':
      return value === true;
    case 'MultiSelect':
      return Array.isArray(value) ? value.map(String) : [];
    case 'Json':
      if (value === undefined) return '';
      return typeof value === 'string' ? value : JSON.stringify(value, null, 2);
    default:
      return value === undefined || value === null ? '' : String(value);
  }
}

/** What a configuration says under a field's key: `auth.user` is the member `user` of `auth`. */
const storedAt = (config: Config, key: string): unknown =>
  key
    .split('.')
    .reduce<unknown>(
      (value, name) => (typeof value === 'object' && value !== null ? (value as Config)[name] : undefined),
      config,
    );

/** Fills the fields from a stored configuration, or from the defaults where it says nothing. */
export function toFieldValues(items: readonly ConnectorFormItem[], config: Config = {}): ConfigValues {
  return Object.fromEntries(items.map((item) => [item.key, toFieldValue(item, storedAt(config, item.key))]));
}

/** Whether a field applies, given what the other fields hold; of several expected values one is enough. */
export function isFieldShown(item: ConnectorFormItem, values: ConfigValues): boolean {
  return (item.showConditions ?? []).every(({ targetKey, expectValue }) => {
    const value = values[targetKey];
    return Array.isArray(expectValue) ? expectValue.includes(value) : value === expectValue;
  });
}

const isEmpty = (value: ConfigValue | undefined) =>
  value === undefined || (typeof value === 'string' ? value.trim() === '' : Array.isArray(value) && value.length === 0);

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function problemOf(item: ConnectorFormItem, value: ConfigValue | undefined): ConfigProblem | undefined {
  if (isEmpty(value)) return item.required ? 'required' : undefined;
  if (item.type === 'Json' && !isJson(String(value))) return 'json';
  if (item.type === 'Number' && !Number.isFinite(Number(value))) return 'number';
  return undefined;
}

/** What the browser can tell is wrong before the server is asked, by the paths in the configuration. */
export function findProblems(items: readonly ConnectorFormItem[], values: ConfigValues): Record<string, ConfigProblem> {
  const problems: Record<string, ConfigProblem> = {};
  for (const item of items.filter((candidate) => isFieldShown(candidate, values))) {
    const value = values[item.key];
    const problem = problemOf(item, value);
    if (problem) problems[item.key] = problem;
    for (const path of missingMembers(item, String(value ?? ''))) problems[path] = 'required';
  }
  return problems;
}

function toConfigValue(item: ConnectorFormItem, value: ConfigValue): unknown {
  if (typeof value !== 'string') return value;
  const text = item.type === 'MultilineText' ? value : value.trim();
  if (item.type === 'Json') return JSON.parse(text);
  return item.type === 'Number' ? Number(text) : text;
}

/**
 * The configuration to send: fields that apply and are filled in.
 * Stored keys without a field, set through the API, are kept as they are.
 */
export function toConfig(items: readonly ConnectorFormItem[], values: ConfigValues, stored: Config = {}): Config {
  const keys = new Set(items.map(({ key }) => key.split('.')[0]));
  const config: Config = Object.fromEntries(Object.entries(stored).filter(([key]) => !keys.has(key)));
  for (const item of items) {
    const value = values[item.key];
    if (value === undefined || isEmpty(value) || !isFieldShown(item, values)) continue;
    const [member = '', inner] = item.key.split('.');
    const given = toConfigValue(item, value);
    config[member] = inner === undefined ? given : { ...(config[member] as Config | undefined), [inner]: given };
  }
  return config;
}
